/** What the icon in the browser's tab says of the page: the worst state on it, or that its connection is lost. */
export const FAVICONS = {
  live: "/icons/favicon-live.svg",
  warning: "/icons/favicon-warning.svg",
  critical: "/icons/favicon-critical.svg",
  lost: "/icons/favicon-lost.svg",
} as const;
export type FaviconState = keyof typeof FAVICONS;
