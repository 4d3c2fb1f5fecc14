/** A base for resolving relative paths; never shown or requested. */
const BASE = "http://telltale.invalid";

const NOT_A_RETURN = ["/login", "/setup", "/api"];

/**
 * A path on the same origin to return to after login, or "/". What looks like a path may still lead to another host (`//host`, `/\host`,
 * `/%09/host` after the browser strips the tab), so the browser's own parser decides. Login, set-up and API are never returned to.
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

/** An earlier navigation may finish after this one and replace it; then this one is repeated. */
const AGAIN_MS = 10_000;

let leaving: ReturnType<typeof setInterval> | undefined;

/** Opens the sign-in page as a new document, so that nothing the person could see stays in memory. */
export function leaveForLogin(from: string): void {
  if (leaving !== undefined) return;
  const leave = () => window.location.assign(loginPath(from));
  leave();
  leaving = setInterval(leave, AGAIN_MS);
  // The page was left; it may return from the back-forward cache.
  const left = () => {
    clearInterval(leaving);
    leaving = undefined;
  };
  window.addEventListener("pagehide", left, { once: true });
}
