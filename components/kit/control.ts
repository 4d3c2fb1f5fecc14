import type { Command } from "@/lib/command";
import type { Value } from "@/lib/reading";

/** How a tile operates its point, for all kinds of tiles. The frame shows why a control is disabled, waiting or refused. */
export interface Control {
  /** The point's newest command, whoever sent it. */
  command: Command | null;
  /** The requested value while it is not confirmed, shown as a ghost. Undefined: nothing is waiting. Null: a button was pressed. */
  target: Value | undefined;
  disabled: boolean;
  /** The id of the text that says why it is disabled, or the command's state. */
  describedBy: string;
  /** Sends a command; asks the point's question first if it has one. The result is in `command`; the control itself never shows it. */
  send(value: Value): void;
  /** For a moving slider: sends at most ten values a second, and always the last one. */
  slide(value: Value): void;
}
