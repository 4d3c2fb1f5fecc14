import type { DeviceSpec } from "../device";
import { comfort } from "./comfort";
import { energy } from "./energy";
import { garden } from "./garden";
import { heating } from "./heating";
import { outside } from "./outside";
import { rooms } from "./rooms";

/** Every device of the demo house. */
export const devices: readonly DeviceSpec[] = [...heating, ...rooms, ...outside, ...energy, ...comfort, ...garden];
