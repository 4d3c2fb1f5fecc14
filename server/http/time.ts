/** A time as programs and people write it, as epoch milliseconds: those, or ISO 8601. */
export function parseTime(text: string): number | undefined {
  const at = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isFinite(at) && Math.abs(at) <= 8.64e15 ? at : undefined;
}
