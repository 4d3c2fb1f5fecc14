import { afterAll } from "vitest";
import { endTelltales } from "./telltaleProcess";

/** The same in a test file, which leaves nothing behind: a runner's process may be ended without its exit handlers. */
export { ADMIN_PASSWORD, startTelltale, type Telltale } from "./telltaleProcess";

afterAll(endTelltales);
