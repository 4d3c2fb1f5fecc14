import type { CompositeSpec } from "./kind";

/** A blind or a gate: where it is, and its moves. */
export const cover = {
  label: "fields.partCover",
  roles: ["state", "position", "closed", "tilt", "open", "stop", "close"],
  main: ["position", "closed", "state"],
  spoken: { value: "state" },
  labels: {},
  guessed: { none: "state", number: "position", button: "open" },
} as const satisfies CompositeSpec;

/** The parts that are pressed, in the order of their buttons. */
export const MOVES: ReadonlySet<string> = new Set(["open", "stop", "close"] satisfies (typeof cover.roles)[number][]);
