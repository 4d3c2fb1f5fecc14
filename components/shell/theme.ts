/** The theme stands in a cookie, so that the server draws the page in it and nothing flashes. Without one the system decides. */
export const THEME_COOKIE = "telltale-theme";
export const DEMO_BANNER_COOKIE = "telltale-demo-banner";

export type Theme = "system" | "light" | "dark";

export const parseTheme = (text: string | undefined): Theme => (text === "light" || text === "dark" ? text : "system");

const YEAR_S = 31_536_000;

/** A preference of this browser, not a secret; the server only reads it. */
export function rememberCookie(name: string, value: string): void {
  // The Cookie Store API is not in every browser that Telltale serves.
  // biome-ignore lint/suspicious/noDocumentCookie: see above
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_S}; samesite=lax`;
}

/** Takes effect at once, and on every later page. */
export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  rememberCookie(THEME_COOKIE, theme);
}
