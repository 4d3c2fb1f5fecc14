/** The icons of the browser's tab: the worst state on the page, or that its connection is lost. */
export const FAVICONS = {
  live: "/icons/favicon-live.svg",
  warning: "/icons/favicon-warning.svg",
  critical: "/icons/favicon-critical.svg",
  lost: "/icons/favicon-lost.svg",
} as const;
export type FaviconState = keyof typeof FAVICONS;
