import type { Value } from "@/lib/reading";

/**
 * How a lamp writes its colour: "255,120,0" or "255;120;0", hue and saturation "30,100", hexadecimal digits (white after them is kept),
 * or JSON with r, g and b, or with h and s (white beside them is kept). `told`: other JSON, whose colour can be shown but not set.
 */
export type Notation = "rgb" | "rgb;" | "hs" | "hex" | "json" | "told";

export interface Colour {
  /** "#rrggbb". */
  hex: string;
  notation: Notation;
  /** The digits after the colour, which are sent unchanged; for JSON the whole document. */
  rest: string;
  sharp: boolean;
}

/** The reported colour; undefined if the notation is not known. `hs`: the numbers are hue (0 to 360) and saturation (per cent). */
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

/** A picked "#rrggbb" in the notation of the lamp. */
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
    case "told":
      return rest;
  }
}

/** {r, g, b} and {h, s}; also {hue, saturation} and {x, y} of CIE 1931, as Zigbee2MQTT and Home Assistant send them. */
function readDocument(text: string): Colour | undefined {
  const said = numbersIn(text);
  const all = (limits: Record<string, number>): number[] | undefined => {
    const numbers = Object.entries(limits).map(([key, most]) => {
      const number = said[key];
      return number !== undefined && within(number, most) ? number : Number.NaN;
    });
    return numbers.some(Number.isNaN) ? undefined : numbers;
  };
  const rgb = all({ r: 255, g: 255, b: 255 });
  const hs = all({ h: 360, s: 100 });
  const chosen = rgb ?? (hs && rgbOf(...(hs as [number, number])));
  if (chosen) return { hex: hexOf(chosen), notation: "json", rest: text, sharp: true };
  const hue = all({ hue: 360, saturation: 100 });
  const xy = all({ x: 1, y: 1 });
  const told = hue ? rgbOf(...(hue as [number, number])) : xy?.[1] ? rgbOfXy(...(xy as [number, number])) : undefined;
  return told && { hex: hexOf(told), notation: "told", rest: text, sharp: true };
}

/** At full brightness, in sRGB (IEC 61966-2-1). */
function rgbOfXy(x: number, y: number): number[] {
  const [X, Z] = [x / y, (1 - x - y) / y];
  const linear = [3.2406 * X - 1.5372 - 0.4986 * Z, 1.8758 - 0.9689 * X + 0.0415 * Z, 0.0557 * X - 0.204 + 1.057 * Z];
  const most = Math.max(...linear, Number.EPSILON);
  return linear.map((part) => {
    const share = Math.max(0, part / most);
    return 255 * (share <= 0.0031308 ? 12.92 * share : 1.055 * share ** (1 / 2.4) - 0.055);
  });
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
    // Incomplete JSON: no colour can be read from it.
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
