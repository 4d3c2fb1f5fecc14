/** Up to this length of the sought text, the engine's own search is faster, and its worst case is acceptable. */
const SHORT = 16;

/**
 * As `String.indexOf`, in linear time (Knuth, Morris and Pratt). The engine's own search may compare a long text at each position,
 * which takes time in proportion to the product of both lengths.
 */
export function indexIn(text: string, sought: string, from = 0): number {
  if (sought.length <= SHORT || sought.length > text.length - from) return text.indexOf(sought, from);
  const back = new Int32Array(sought.length);
  for (let i = 1, k = 0; i < sought.length; i++) {
    while (k > 0 && sought.charCodeAt(i) !== sought.charCodeAt(k)) k = back[k - 1] as number;
    if (sought.charCodeAt(i) === sought.charCodeAt(k)) k++;
    back[i] = k;
  }
  for (let i = from, k = 0; i < text.length; i++) {
    while (k > 0 && text.charCodeAt(i) !== sought.charCodeAt(k)) k = back[k - 1] as number;
    if (text.charCodeAt(i) === sought.charCodeAt(k)) k++;
    if (k === sought.length) return i - k + 1;
  }
  return -1;
}

/** As `String.split` with a separator that is not empty. */
export function splitBy(text: string, mark: string): string[] {
  if (mark.length <= SHORT) return text.split(mark);
  const parts: string[] = [];
  let from = 0;
  for (let at = indexIn(text, mark); at >= 0; at = indexIn(text, mark, from)) {
    parts.push(text.slice(from, at));
    from = at + mark.length;
  }
  parts.push(text.slice(from));
  return parts;
}
