const MAX = 64;

/** Letters that do not come apart into a base and an accent. */
const SPELLED: Record<string, string> = { ß: "ss", æ: "ae", ø: "o", đ: "d", ł: "l", þ: "th", ı: "i" };

/** Text as an id: a-z, 0-9 and dashes; may be empty, where nothing of it can be written so. */
export function slugOf(text: string): string {
  return text
    .replace(/\{\d+\}/g, " ")
    .toLowerCase()
    .replace(/[ßæøđłþı]/g, (letter) => SPELLED[letter] ?? "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9_]+/g, "-")
    .replace(/^[-_]+|-+$/g, "")
    .slice(0, MAX)
    .replace(/-+$/, "");
}

/**
 * An id for a new registration: from its name, else from the last levels of its filter that are no wildcards; made unique
 * by a number behind it. Empty while there is nothing to take it from.
 */
export function proposeId(name: string, filter: string, taken: ReadonlySet<string>): string {
  const levels = filter.split("/").filter((level) => level !== "" && level !== "+" && level !== "#");
  const base = slugOf(name) || slugOf(levels.slice(-2).join("-"));
  if (base === "" || !taken.has(base)) return base;
  for (let n = 2; ; n++) {
    const ending = `-${n}`;
    const id = base.slice(0, MAX - ending.length) + ending;
    if (!taken.has(id)) return id;
  }
}
