export interface Findable {
  label: string;
  /** What it is, or where it belongs. */
  note: string;
  href: string;
}

/**
 * The items whose label or note has every word of the query, ignoring case. Labels that start with the query come first; otherwise the
 * order is kept.
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
