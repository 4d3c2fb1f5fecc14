/** Why a broker's messages were not stored for a time. Stored, so a word is never given another meaning. */
export const GAP_REASONS = [
  /** No node was recording: all were down, or none had the lease. */
  "no-recorder",
  /** The standby had no room for all that came while no node was recording. */
  "ring-full",
  /** The recorder had no connection to the broker. */
  "broker-lost",
  /** The database did not take what was recorded, until the memory that is kept for it was full. */
  "database-lost",
] as const;
export type GapReason = (typeof GAP_REASONS)[number];

/** A time in which readings may be missing: from `from` up to `to`, without `to`; epoch ms. */
export interface RecordingGap {
  from: number;
  to: number;
  why: GapReason;
}

/** In order, empty ones left out, those that overlap or touch and have one reason as one. */
export function mergeGaps(gaps: readonly RecordingGap[]): RecordingGap[] {
  const open = new Map<GapReason, RecordingGap>();
  const merged: RecordingGap[] = [];
  for (const gap of gaps.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from)) {
    const before = open.get(gap.why);
    if (before && gap.from <= before.to) before.to = Math.max(before.to, gap.to);
    else {
      const next = { from: gap.from, to: gap.to, why: gap.why };
      merged.push(next);
      open.set(gap.why, next);
    }
  }
  return merged.sort((a, b) => a.from - b.from || a.to - b.to || (a.why < b.why ? -1 : 1));
}

/** What of them lies in [from, to), merged. */
export const gapsWithin = (gaps: readonly RecordingGap[], from: number, to: number): RecordingGap[] =>
  mergeGaps(gaps.map((gap) => ({ why: gap.why, from: Math.max(gap.from, from), to: Math.min(gap.to, to) })));

/** The gap that lies between two neighbouring readings, so that no line is drawn from one to the other. */
export const gapBetween = (gaps: readonly RecordingGap[], earlier: number, later: number): RecordingGap | undefined =>
  gaps.find(({ from, to }) => from < later && to > earlier);
