/** The address names the point whose details are open, so that they can be linked to and Back closes them. */
export const DETAILS_PARAMETER = "point";

export function closeDetails(): void {
  const url = new URL(window.location.href);
  url.searchParams.delete(DETAILS_PARAMETER);
  window.history.replaceState(null, "", url);
}
