import type { Value } from "@/lib/reading";

/**
 * How a lamp writes its colour: "255,120,0" or "255;120;0", hue and saturation "30,100", or hexadecimal digits (white behind them is
 * kept). As JSON it can be shown but not written: what comes back of it is never the same text.
 */
export type Notation = "rgb" | "rgb;" | "hs" | "hex" | "json";

export interface Colour {
  /** "#rrggbb". */
  hex: string;
  notation: Notation;
  /** Digits behind the colour that are not ours to change. */
  rest: string;
  sharp: boolean;
}

/** The reported colour; undefined where nobody could tell which it is. `hs`: the numbers are hue (0 to 360) and saturation (per cent). */
export function readColour(value: Value, hs: boolean): Colour | undefined {
  if (typeof value !== "string") return undefined;
  if (value.startsWith("{")) {
    const hex = hexOfJson(value);
    return hex === undefined ? undefined : { hex, notation: "json", rest: "", sharp: true };
  }
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
    case "json":
    case "hex":
      return `${sharp ? "#" : ""}${hex.slice(1).toUpperCase()}${rest}`;
  }
}

/** {r, g, b}, {h, s} or {hue, saturation}, {x, y} of CIE 1931 (as Home Assistant and Zigbee2MQTT have them), the first that is whole. */
function hexOfJson(text: string): string | undefined {
  let said: Record<string, unknown>;
  try {
    said = JSON.parse(text);
  } catch {
    return undefined;
  }
  const numbers = (limits: Record<string, number>): number[] | undefined => {
    const list = Object.entries(limits).map(([key, most]) => [said[key], most] as const);
    return list.every(([number, most]) => typeof number === "number" && within(number, most))
      ? list.map(([number]) => number as number)
      : undefined;
  };
  const rgb = numbers({ r: 255, g: 255, b: 255 });
  if (rgb) return hexOf(rgb);
  const [hue, saturation] = numbers({ h: 360, s: 100 }) ?? numbers({ hue: 360, saturation: 100 }) ?? [];
  if (hue !== undefined && saturation !== undefined) return hexOf(rgbOf(hue, saturation));
  const [x, y] = numbers({ x: 1, y: 1 }) ?? [];
  return x !== undefined && y ? hexOf(rgbOfXy(x, y)) : undefined;
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
