/** Which point's details are open stands in the address: they can be linked to, and Back closes them. */
export const DETAILS_PARAMETER = "point";

export function closeDetails(): void {
  const url = new URL(window.location.href);
  url.searchParams.delete(DETAILS_PARAMETER);
  window.history.replaceState(null, "", url);
}
