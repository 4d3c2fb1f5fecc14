const FALLBACK = "en";
/** The header comes from outside: only texts in the form of a language tag are accepted. */
const TAG = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/;

/**
 * The browser's preferred language (Accept-Language, RFC 9110 12.5.4) as a BCP 47 tag for numbers and times. Server and browser both use
 * it, so that hydration finds the same texts. Of equal weights the first one wins; without a usable one it is "en".
 */
export function localeOf(acceptLanguage: string | null): string {
  let best: { tag: string; weight: number } | undefined;
  for (const part of (acceptLanguage ?? "").slice(0, 500).split(",")) {
    const [tag = "", ...parameters] = part.trim().split(";");
    const quality = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find(Boolean);
    const weight = quality === undefined ? 1 : Number(quality);
    if (!TAG.test(tag) || !(weight > 0) || !isKnown(tag)) continue;
    if (!best || weight > best.weight) best = { tag, weight };
  }
  return best?.tag ?? FALLBACK;
}

function isKnown(tag: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    // RangeError: it has the form of a tag, but is not a valid one.
    return false;
  }
}
