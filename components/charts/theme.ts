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

const NAMED = {
  ink2: "--ink-2",
  line: "--line",
  warn: "--warn",
  crit: "--crit",
  accent: "--accent",
  panel: "--panel",
  unknown: "--ink-3",
};

/** All colours are asked for at once: each question after a change of the page would cost a style pass of its own. */
export function readTheme(root: HTMLElement): Theme {
  const slots = Array.from({ length: MAX_LINES }, (_, slot) => colourOf(slot));
  const names = Object.entries(NAMED);
  const box = root.ownerDocument.createElement("span");
  box.hidden = true;
  for (const colour of [...slots, ...names.map(([, property]) => `var(${property})`)]) {
    const probe = root.ownerDocument.createElement("span");
    probe.style.color = colour;
    box.append(probe);
  }
  root.append(box);
  const colours = [...box.children].map((probe) => getComputedStyle(probe).color);
  const font = `12px ${getComputedStyle(root).getPropertyValue("--font-figures") || "sans-serif"}`;
  box.remove();
  const named = Object.fromEntries(names.map(([name], i) => [name, colours[slots.length + i]])) as Record<
    keyof typeof NAMED,
    string
  >;
  return { lines: colours.slice(0, slots.length), ...named, font };
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
