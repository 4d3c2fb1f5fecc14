import type { Command } from "@/lib/command";
import type { Value } from "@/lib/reading";

/** How a tile operates its point. The same for every kind: what is disabled, what waits and what was refused is the frame's matter. */
export interface Control {
  /** The point's newest command, whoever asked for it. */
  command: Command | null;
  /** What was asked for and is not answered yet: the ghost's place. Undefined: nothing waits. Null: a button was pressed. */
  target: Value | undefined;
  disabled: boolean;
  /** The id of the text that says why it is disabled, or where the command stands. */
  describedBy: string;
  /** Asks the point's question first where it has one. What comes of it is told by `command`, never by the control itself. */
  send(value: Value): void;
  /** For a slider in motion: held to ten a second, the last one always goes. */
  slide(value: Value): void;
}
