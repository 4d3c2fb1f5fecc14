const MAX = 64;

/**
 * The id of a found part's registration: readable, and the same whenever the same part is found. A hash at its end distinguishes paths
 * that differ only in what an id cannot hold: signs, capitals, length.
 */
export function registrationId(...path: readonly string[]): string {
  const whole = path.join("/");
  const words = path
    .join("-")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "-")
    .replace(/-+/g, "-")
    .replace(/^[-_]+|-+$/g, "");
  const hash = fnv(whole);
  return `${words.slice(0, MAX - hash.length - 1).replace(/-+$/, "") || "found"}-${hash}`;
}

/** FNV-1a over UTF-16 units, twice with different seeds: 64 bits in base 36. */
function fnv(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193) >>> 0;
    b = Math.imul(b ^ unit, 0x85ebca6b) >>> 0;
  }
  return (a.toString(36) + b.toString(36)).padStart(8, "0").slice(0, 12);
}

/** Ids on the broker `main` stay plain; on other brokers they include the broker's id. */
export const scopedId = (broker: string, id: string): string => (broker === "main" ? id : registrationId(broker, id));
