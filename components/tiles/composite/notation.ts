import type { Value } from "@/lib/reading";

/**
 * How a lamp writes its colour: "255,120,0" or "255;120;0", hue and saturation "30,100", hexadecimal digits (white behind them is kept),
 * or JSON with r, g and b, or with h and s (white beside them is kept).
 */
export type Notation = "rgb" | "rgb;" | "hs" | "hex" | "json";

export interface Colour {
  /** "#rrggbb". */
  hex: string;
  notation: Notation;
  /** Digits behind the colour that are not ours to change; of JSON the whole document. */
  rest: string;
  sharp: boolean;
}

/** The reported colour; undefined where nobody could tell which it is. `hs`: the numbers are hue (0 to 360) and saturation (per cent). */
export function readColour(value: Value, hs: boolean): Colour | undefined {
  if (typeof value !== "string") return undefined;
  if (value.startsWith("{")) return readDocument(value);
  const separator = !hs && value.includes(";") ? ";" : ",";
  const numbers = value.split(separator).map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (hs) {
    const [hue = Number.NaN, saturation = Number.NaN] = numbers;
    if (numbers.length !== 2 || !within(hue, 360) || !within(saturation, 100)) return undefined;
    return { hex: hexOf(rgbOf(hue, saturation)), notation: "hs", rest: "", sharp: true };
  }
  if (numbers.length === 3 && numbers.every((part) => within(part, 255)))
    return { hex: hexOf(numbers), notation: separator === ";" ? "rgb;" : "rgb", rest: "", sharp: true };
  const digits = /^(#?)([0-9a-f]{6})((?:[0-9a-f]{2}){0,2})$/i.exec(value.trim());
  if (!digits) return undefined;
  const [, sharp = "", colour = "", rest = ""] = digits;
  return { hex: `#${colour.toLowerCase()}`, notation: "hex", rest, sharp: sharp !== "" };
}

/** A picked "#rrggbb" in the words in which the lamp told its own. */
export function writeColour(hex: string, { notation, rest, sharp }: Omit<Colour, "hex">): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  switch (notation) {
    case "rgb":
      return parts.join(",");
    case "rgb;":
      return parts.join(";");
    case "hs":
      return hueOf(parts).join(",");
    case "hex":
      return `${sharp ? "#" : ""}${hex.slice(1).toUpperCase()}${rest}`;
    case "json":
      return writeDocument(rest, parts);
  }
}

function readDocument(text: string): Colour | undefined {
  const { r, g, b, h, s } = numbersIn(text);
  const numbers = [r, g, b].every((part) => part !== undefined && within(part, 255))
    ? [r ?? 0, g ?? 0, b ?? 0]
    : h !== undefined && s !== undefined && within(h, 360) && within(s, 100)
      ? rgbOf(h, s)
      : undefined;
  return numbers && { hex: hexOf(numbers), notation: "json", rest: text, sharp: true };
}

function writeDocument(text: string, [r = 0, g = 0, b = 0]: readonly number[]): string {
  const before = numbersIn(text);
  const [h, s] = hueOf([r, g, b]);
  const { c, w } = before;
  return JSON.stringify(before.r === undefined ? { h, s } : { r, g, b, c, w });
}

function numbersIn(text: string): Partial<Record<string, number>> {
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document !== "object" || document === null) return {};
    return Object.fromEntries(Object.entries(document).filter(([, value]) => typeof value === "number"));
  } catch {
    // Cut short on its way: no colour that could be told.
    return {};
  }
}

const within = (number: number, most: number): boolean => number >= 0 && number <= most;
const hexOf = (parts: readonly number[]): string =>
  `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

function rgbOf(hue: number, saturation: number): number[] {
  return [5, 3, 1].map((n) => {
    const k = (n + hue / 60) % 6;
    return 255 * (1 - (saturation / 100) * Math.max(0, Math.min(k, 4 - k, 1)));
  });
}

function hueOf([r = 0, g = 0, b = 0]: readonly number[]): [number, number] {
  const most = Math.max(r, g, b);
  const span = most - Math.min(r, g, b);
  if (span === 0) return [0, 0];
  const sector = most === r ? ((g - b) / span + 6) % 6 : most === g ? (b - r) / span + 2 : (r - g) / span + 4;
  return [Math.round(sector * 60) % 360, Math.round((span / most) * 100)];
}
