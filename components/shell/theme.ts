/** The theme is in a cookie, so that the server can render the page with it and nothing flashes. Without one the system decides. */
export const THEME_COOKIE = "telltale-theme";
export const DEMO_BANNER_COOKIE = "telltale-demo-banner";

export type Theme = "system" | "light" | "dark";

export const parseTheme = (text: string | undefined): Theme => (text === "light" || text === "dark" ? text : "system");

const YEAR_S = 31_536_000;

/** Stores a preference of this browser, which the server only reads. */
export function rememberCookie(name: string, value: string): void {
  // The Cookie Store API is not in every browser that Telltale serves.
  // biome-ignore lint/suspicious/noDocumentCookie: see above
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_S}; samesite=lax`;
}

/** Applies the theme at once and on later pages. */
export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  rememberCookie(THEME_COOKIE, theme);
}
