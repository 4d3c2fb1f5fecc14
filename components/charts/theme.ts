/** The page's colours for the canvas. Custom properties are resolved on an element inside the chart, for its own theme. */
export interface Theme {
  lines: string[];
  ink2: string;
  line: string;
  warn: string;
  crit: string;
  accent: string;
  panel: string;
  unknown: string;
  font: string;
}

/** Lines are distinguished by colour, from the seventh on also by dashes. */
const COLOURS = ["--plot-1", "--plot-2", "--plot-3", "--plot-4", "--plot-5", "--plot-6"];
export const MAX_LINES = 8;

export const colourOf = (slot: number): string => `var(${COLOURS[slot % COLOURS.length]})`;
export const dashOf = (slot: number): number[] | undefined => (slot < COLOURS.length ? undefined : [6, 4]);

export function readTheme(root: HTMLElement): Theme {
  const probe = root.ownerDocument.createElement("span");
  probe.hidden = true;
  root.append(probe);
  const colour = (value: string): string => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const theme: Theme = {
    lines: Array.from({ length: MAX_LINES }, (_, slot) => colour(colourOf(slot))),
    ink2: colour("var(--ink-2)"),
    line: colour("var(--line)"),
    warn: colour("var(--warn)"),
    crit: colour("var(--crit)"),
    accent: colour("var(--accent)"),
    panel: colour("var(--panel)"),
    unknown: colour("var(--ink-3)"),
    font: `12px ${getComputedStyle(root).getPropertyValue("--font-figures") || "sans-serif"}`,
  };
  probe.remove();
  return theme;
}

/** Calls `tell` when the theme changes, by the page's switch (`data-theme`) or by the system. */
export function onThemeChange(tell: () => void): () => void {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const page = new MutationObserver(tell);
  page.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  system.addEventListener("change", tell);
  return () => {
    page.disconnect();
    system.removeEventListener("change", tell);
  };
}
