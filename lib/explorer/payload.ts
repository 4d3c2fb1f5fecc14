/** Payloads for the eye. Whatever they hold comes out as text that cannot reorder or hide its neighbours. */

const strict = new TextDecoder("utf-8", { fatal: true });
const lenient = new TextDecoder("utf-8");

/** Control and format characters reorder text, or are seen by nobody: shown as what they are. */
const HIDDEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

function picture(char: string): string {
  if (char === "\n" || char === "\t") return char;
  const code = char.codePointAt(0) as number;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : `‹U+${code.toString(16).toUpperCase().padStart(4, "0")}›`;
}

/** Text with every hidden sign made visible. `lines`: line ends and tabs stay. */
export function visibleText(text: string, lines = false): string {
  const shown = text.toWellFormed().replaceAll("\r\n", "\n").replace(HIDDEN, picture);
  return lines ? shown : shown.replace(/\s+/g, " ");
}

/** The payload as text, or undefined when it is not UTF-8. `cut`: only its beginning is here, perhaps with half a character. */
export function payloadAsText(bytes: Uint8Array, cut = false): string | undefined {
  try {
    if (!cut) return strict.decode(bytes);
    // Up to three bytes at the end may belong to a character whose rest is missing.
    for (let less = 0; less < 4 && less <= bytes.length; less++) {
      const part = bytes.subarray(0, bytes.length - less);
      if (isUtf8(part)) return lenient.decode(part);
    }
    return undefined;
  } catch {
    // The decoder's only way to say that it is not UTF-8.
    return undefined;
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    // As above.
    return false;
  }
}

const hexByte = (byte: number): string => byte.toString(16).padStart(2, "0");

const ROW_CHARS = 120;

/** One line for a row of the tree, from the payload's first bytes. */
export function rowText(head: Uint8Array, bytes: number): string {
  if (bytes === 0) return "";
  const part = head.subarray(0, 4 * ROW_CHARS);
  const text = payloadAsText(part, part.length < bytes);
  if (text === undefined) {
    const hex = [...head.subarray(0, 24)].map(hexByte).join(" ");
    return bytes > 24 ? `${hex} …` : hex;
  }
  const line = visibleText(text).trim();
  return line.length > ROW_CHARS || part.length < bytes ? `${line.slice(0, ROW_CHARS)}…` : line;
}

export interface HexLine {
  offset: string;
  hex: string;
  text: string;
}

/** Sixteen bytes a line, at most `limit` bytes. */
export function hexLines(bytes: Uint8Array, limit = 4096): HexLine[] {
  const lines: HexLine[] = [];
  for (let at = 0; at < Math.min(bytes.length, limit); at += 16) {
    const part = [...bytes.subarray(at, Math.min(at + 16, limit))];
    lines.push({
      offset: at.toString(16).padStart(6, "0"),
      hex: part.map(hexByte).join(" "),
      text: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·")).join(""),
    });
  }
  return lines;
}
