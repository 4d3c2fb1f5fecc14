/** The members in which two states of one thing differ, in the order of the first. */
export function changedFields(before: object, now: object): string[] {
  const [a, b] = [before as Record<string, unknown>, now as Record<string, unknown>];
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return names.filter((name) => JSON.stringify(sorted(a[name])) !== JSON.stringify(sorted(b[name])));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([x], [y]) => (x < y ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
