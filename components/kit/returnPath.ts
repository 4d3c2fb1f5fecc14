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

/** A navigation that began before may end after this one and take its place: then it is tried again. */
const AGAIN_MS = 10_000;

let leaving: ReturnType<typeof setInterval> | undefined;

/** Leaves for the sign-in page by a new document, so that nothing of what the person could see stays in memory. */
export function leaveForLogin(from: string): void {
  if (leaving !== undefined) return;
  const leave = () => window.location.assign(loginPath(from));
  leave();
  leaving = setInterval(leave, AGAIN_MS);
  // Left; from the browser's cache the page may come back as it was.
  const left = () => {
    clearInterval(leaving);
    leaving = undefined;
  };
  window.addEventListener("pagehide", left, { once: true });
}
