import type { Value } from "@/lib/reading";

export type Position = "on" | "off" | "unknown";

export interface SwitchView {
  /** Where the device says it is. */
  position: Position;
  /** Where it was asked to go, while that is somewhere else and not answered. */
  ghost: "on" | "off" | undefined;
  /** What a press asks for. */
  next: boolean;
}

/**
 * A switch drawn from what the device reported and what waits. While something waits a press still means
 * "not what it is now": the server answers that another command is in flight. An unknown position asks for on.
 */
export function switchView(value: Value, target: Value | undefined): SwitchView {
  const position: Position = value === true ? "on" : value === false ? "off" : "unknown";
  const wanted = typeof target === "boolean" ? (target ? "on" : "off") : undefined;
  return { position, ghost: wanted === position ? undefined : wanted, next: value !== true };
}
