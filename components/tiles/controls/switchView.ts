import type { Value } from "@/lib/reading";

export type Position = "on" | "off" | "unknown";

export interface SwitchView {
  /** The reported state. */
  position: Position;
  /** The requested state while it is not confirmed and differs from the reported one. */
  ghost: "on" | "off" | undefined;
  /** The state that a press requests. */
  next: boolean;
}

/**
 * How a switch is rendered from the reported value and the pending target. While a command is pending, a press still requests the
 * opposite of the reported state, and the server decides. If the state is unknown, a press requests on.
 */
export function switchView(value: Value, target: Value | undefined): SwitchView {
  const position: Position = value === true ? "on" : value === false ? "off" : "unknown";
  const wanted = typeof target === "boolean" ? (target ? "on" : "off") : undefined;
  return { position, ghost: wanted === position ? undefined : wanted, next: value !== true };
}
