/** Only there to resolve relative paths against; never shown and never asked. */
const BASE = "http://telltale.invalid";

const NOT_A_RETURN = ["/login", "/setup", "/api"];

/**
 * A path on this same origin to go to after login, or "/". What looks like a path may still lead away (`//host`, `/\host`, `/%09/host`
 * after the browser strips the tab), so the browser's own parser decides, and pages that make no sense to return to are left out.
 */
export function safeReturnPath(candidate: string | null | undefined): string {
  if (!candidate?.startsWith("/") || !URL.canParse(candidate, BASE)) return "/";
  const url = new URL(candidate, BASE);
  if (url.origin !== BASE || url.pathname.startsWith("//")) return "/";
  if (NOT_A_RETURN.some((path) => url.pathname === path || url.pathname.startsWith(`${path}/`))) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}

export const loginPath = (from: string | null | undefined): string => {
  const path = safeReturnPath(from);
  return path === "/" ? "/login" : `/login?from=${encodeURIComponent(path)}`;
};
