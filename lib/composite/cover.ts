import type { CompositeSpec } from "./kind";

/** A blind or a gate: where it is, and its moves. */
export const cover = {
  label: "composite.cover",
  roles: {
    state: "composite.state",
    position: "composite.position",
    closed: "composite.closed",
    tilt: "composite.tilt",
    open: "composite.open",
    stop: "composite.stop",
    close: "composite.close",
  },
  main: ["position", "closed", "state"],
  spoken: { value: "state" },
  guessed: { none: "state", number: "position", button: "open" },
} as const satisfies CompositeSpec;

/** The parts that are pressed, in the order of their buttons. */
export const MOVES: ReadonlySet<string> = new Set(["open", "stop", "close"] satisfies (keyof typeof cover.roles)[]);
