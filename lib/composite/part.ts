import { z } from "zod";
import { nameText } from "../name";
import { COMPOSITE_KINDS } from "./roles";

/**
 * Says that a point is a part of something bigger, as a registration carries it. Points of one broker with the same `of` are one
 * thing; under a wildcard, each device that it stands for is a thing of its own.
 */
export const Part = z.strictObject({
  of: z.string().min(1).max(200),
  kind: z.enum(COMPOSITE_KINDS),
  /** One that the kind's tile does not know is kept and changes nothing: the point is shown by itself. */
  role: z.string().min(1).max(64),
  /** Group name. May hold `{1}`. Absent: as the main point is called. */
  name: nameText(200, 1).optional(),
});
export type Part = z.infer<typeof Part>;
