import type { Convention } from "./convention";
import { homeassistant } from "./homeassistant";
import { tasmota } from "./tasmota";
import { zigbee2mqtt } from "./zigbee2mqtt";

/** Every convention, best first: where two speak of the same point, the first one's words are taken. How to add one: README.md. */
export const conventions: readonly Convention[] = [homeassistant, zigbee2mqtt, tasmota];
