import type { Value } from "@/lib/reading";

export interface SelectChoice {
  text: string;
  /** Reported by the device, but not an option that can be sent. */
  reportedOnly: boolean;
}

/** The options of a select: those of the command, and before them the reported value if it is not one of them. */
export function choices(options: readonly string[], reported: Value): { chosen: string; list: SelectChoice[] } {
  const chosen = reported === null ? "" : String(reported);
  const list = options.map((text) => ({ text, reportedOnly: false }));
  if (!options.includes(chosen)) list.unshift({ text: chosen, reportedOnly: true });
  return { chosen, list };
}
