import type { Value } from "@/lib/reading";

export interface SelectChoice {
  text: string;
  /** Reported by the device but not something it can be asked for. */
  reportedOnly: boolean;
}

/** What a select offers: the command's options, and before them what the device reported where that is none of them. */
export function choices(options: readonly string[], reported: Value): { chosen: string; list: SelectChoice[] } {
  const chosen = reported === null ? "" : String(reported);
  const list = options.map((text) => ({ text, reportedOnly: false }));
  if (!options.includes(chosen)) list.unshift({ text: chosen, reportedOnly: true });
  return { chosen, list };
}
