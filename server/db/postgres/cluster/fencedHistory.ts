import type { FencedHistory, SharedHistory } from "../../../ports";
import { fenceGuard } from "./fence";
import { recordedStatements } from "./recordings";

/** The history, with a recorder's readings and what it says about itself in one transaction that its lease guards. */
export const withFence = (history: SharedHistory): SharedHistory & FencedHistory => ({
  ...history,
  flushRecorded: (readings, part) =>
    history.write(part.broker, readings, { guard: fenceGuard(part.lease), also: recordedStatements(part) }),
});
