/** Writing JSONPaths (RFC 9535); lib/compile/path.ts reads them. */

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** One step into a member, as a normalized path where a plain name will not do (RFC 9535 §2.7). */
export const memberStep = (name: string): string => (PLAIN_NAME.test(name) ? `.${name}` : `['${escapeName(name)}']`);

const escapeName = (name: string): string =>
  name.replace(/['\\\p{Cc}]/gu, (char) => {
    if (char === "'" || char === "\\") return `\\${char}`;
    return `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
  });

/** A key for a value found at this path: its last name, as far as a key allows. */
export function keyOfPath(path: string): string {
  const names = [...path.matchAll(/\.([A-Za-z0-9_]+)|\['((?:[^'\\]|\\.)*)'\]/g)].map((m) => m[1] ?? m[2] ?? "");
  return keyOf(names.at(-1) ?? "");
}

/** A member's name as the key of a value; empty where nothing of it can stand in one. */
export const keyOf = (name: string): string =>
  name
    .replace(/[^A-Za-z0-9_-]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 64);
