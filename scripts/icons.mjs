/**
 * `node scripts/icons.mjs`: draws the icons in public/ again, after a change of the mark or its colours. The telltale light on a
 * dark ground; the browser's tab gets one for each state of the page. PNGs are drawn by Chromium.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { findChromium } from "./lib/programs.mjs";
import { ROOT } from "./lib/root.mjs";

const GROUND = "#12171e";
const [OK, WARN, CRIT, INK] = ["#62c794", "#e2a63d", "#f0655a", "#9aa4b2"];

const ring = (colour, radius, width, opacity = 0.45) =>
  `<circle cx="32" cy="32" r="${radius}" fill="none" stroke="${colour}" stroke-width="${width}" opacity="${opacity}"/>`;
const core = (colour, radius) => `<circle cx="32" cy="32" r="${radius}" fill="${colour}"/>`;

/** Each state differs in shape, not in colour alone. */
const MARKS = {
  live: ring(OK, 21, 3.5) + core(OK, 11.5),
  warning: ring(WARN, 21, 4.5, 0.9) + core(WARN, 11.5),
  critical: ring(CRIT, 23, 8, 1) + core(CRIT, 13),
  lost: `<circle cx="32" cy="32" r="17" fill="none" stroke="${INK}" stroke-width="6"/><path d="M14 50 50 14" stroke="${INK}" stroke-width="6" stroke-linecap="round"/>`,
};

const svg = (mark, { corner = 15, scale = 1 } = {}) => {
  const inset = 32 * (1 - scale);
  const scaled = scale === 1 ? mark : `<g transform="translate(${inset} ${inset}) scale(${scale})">${mark}</g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><title>Telltale</title><rect width="64" height="64" rx="${corner}" fill="${GROUND}"/>${scaled}</svg>\n`;
};

const FOLDER = join(ROOT, "public/icons");
mkdirSync(FOLDER, { recursive: true });
for (const [state, mark] of Object.entries(MARKS)) writeFileSync(join(FOLDER, `favicon-${state}.svg`), svg(mark));

/** A maskable icon is cut to any shape: its mark stays within the middle 80 % (W3C Web App Manifest, "safe zone"). */
const PICTURES = [
  { file: "icon-192.png", size: 192, drawing: svg(MARKS.live) },
  { file: "icon-512.png", size: 512, drawing: svg(MARKS.live) },
  { file: "maskable-512.png", size: 512, drawing: svg(MARKS.live, { corner: 0, scale: 0.8 }) },
  // iOS cuts the corners itself and paints black where an icon is transparent.
  { file: "apple-touch-icon.png", size: 180, drawing: svg(MARKS.live, { corner: 0, scale: 0.9 }) },
  // What a browser asks for where no page has named an icon yet.
  { file: "../favicon.ico", size: 32, drawing: svg(MARKS.live) },
];

/** An icon file of one picture, which is a PNG (Microsoft, "The format of icon resources": ICONDIR, ICONDIRENTRY). */
function ico(png, size) {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head.writeUInt8(size, 6);
  head.writeUInt8(size, 7);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, png]);
}
const browser = await chromium.launch({ executablePath: await findChromium(), args: ["--no-sandbox"] });
for (const { file, size, drawing } of PICTURES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`);
  const png = await page.screenshot({ omitBackground: true });
  writeFileSync(join(FOLDER, file), file.endsWith(".ico") ? ico(png, size) : png);
  await page.close();
}
await browser.close();
