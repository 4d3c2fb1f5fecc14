export interface Findable {
  label: string;
  /** What kind of thing, or where it belongs. */
  note: string;
  href: string;
}

/**
 * Those whose label or note contains every word of the query, whatever the case; a label that starts with the query comes first.
 * Order is kept otherwise.
 */
export function findMatches(items: readonly Findable[], query: string, limit: number): Findable[] {
  const needle = query.trim().toLowerCase();
  if (needle === "") return items.slice(0, limit);
  const words = needle.split(/\s+/);
  const hits = items.filter((item) => {
    const text = `${item.label} ${item.note}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const starts = (item: Findable) => item.label.toLowerCase().startsWith(needle);
  return [...hits.filter(starts), ...hits.filter((item) => !starts(item))].slice(0, limit);
}
