import { z } from "zod";

/** How sure a delivery is [MQTT-4.3]: at most once, at least once, exactly once. */
export const Qos = z.union([z.literal(0), z.literal(1), z.literal(2)]);
export type Qos = z.infer<typeof Qos>;
