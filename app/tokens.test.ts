import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

type Theme = "light" | "dark";
const COLOUR = /--([a-z0-9-]+): light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\);/g;

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");
const tokens = new Map<string, Record<Theme, number[]>>();
for (const [, name, light, dark] of css.matchAll(COLOUR))
  tokens.set(name as string, { light: numbers(light), dark: numbers(dark) });

function numbers(text: string | undefined): number[] {
  return (text ?? "").trim().split(/\s+/).map(Number);
}

/** Relative luminance (WCAG 2.2) of an OKLCH colour; the matrices are those of CSS Color 4. */
function luminance([L = 0, C = 0, h = 0]: number[]): number {
  const a = C * Math.cos((h * Math.PI) / 180);
  const b = C * Math.sin((h * Math.PI) / 180);
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clamp = (x: number) => Math.min(1, Math.max(0, x));
  const red = clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string, theme: Theme): number {
  const [a, b] = [one, other].map((name) => {
    const token = tokens.get(name);
    if (!token) throw new Error(`tokens.css has no --${name} of the form light-dark(oklch(…), oklch(…))`);
    return luminance(token[theme]) + 0.05;
  }) as [number, number];
  return Math.max(a, b) / Math.min(a, b);
}

const SURFACES = ["page", "panel", "raised", "well"];
const WASHES = ["warn-wash", "crit-wash"];
const TEXT: [string, string[]][] = [
  ["ink", [...SURFACES, ...WASHES]],
  ["ink-2", [...SURFACES, ...WASHES]],
  ["ink-3", [...SURFACES, ...WASHES]],
  ["accent", SURFACES],
  ["on-accent", ["accent", "crit"]],
  ["warn-ink", [...SURFACES, "warn-wash"]],
  ["crit-ink", [...SURFACES, "crit-wash"]],
];
const MARKS: [string, string[]][] = [
  ["ok", SURFACES],
  ["warn", [...SURFACES, "warn-wash"]],
  ["crit", [...SURFACES, "crit-wash"]],
  ["accent", WASHES],
  ["trace", ["panel", "well", ...WASHES]],
  ["edge", [...SURFACES, ...WASHES]],
  ...[1, 2, 3, 4, 5, 6].map((n): [string, string[]] => [`plot-${n}`, ["panel", "well", ...WASHES]]),
];

describe.each<Theme>(["light", "dark"])("the colours of the %s theme", (theme) => {
  it.each(TEXT.flatMap(([ink, on]) => on.map((surface) => [ink, surface])))(
    "%s on %s can be read (4.5 : 1)",
    (ink, surface) => {
      expect(contrast(ink as string, surface as string, theme)).toBeGreaterThanOrEqual(4.5);
    },
  );
  it.each(MARKS.flatMap(([mark, on]) => on.map((surface) => [mark, surface])))(
    "%s on %s can be seen (3 : 1)",
    (mark, surface) => {
      expect(contrast(mark as string, surface as string, theme)).toBeGreaterThanOrEqual(3);
    },
  );
});
