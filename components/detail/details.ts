/** The address names the point whose sheet is open, so that it can be linked to and Back closes it. */
export const DETAILS_PARAMETER = "point";

/** How many pages that are shown can open the sheet: one, or none. */
let hosts = 0;
/** Whether the sheet was opened on this page, so that there is an entry of the browser's history to go back to. */
let pushed = false;

/** For a page that shows the sheet of the point that its address names. Answers what ends it. */
export function hostDetails(): () => void {
  hosts++;
  return () => {
    hosts--;
    pushed = false;
  };
}

/** Opens the sheet of a point. False: this page has none. */
export function openDetails(id: string): boolean {
  if (hosts === 0) return false;
  const url = new URL(window.location.href);
  if (url.searchParams.get(DETAILS_PARAMETER) === id) return true;
  url.searchParams.set(DETAILS_PARAMETER, id);
  window.history.pushState(null, "", url);
  pushed = true;
  return true;
}

export function closeDetails(): void {
  if (pushed) {
    pushed = false;
    window.history.back();
    return;
  }
  const url = new URL(window.location.href);
  url.searchParams.delete(DETAILS_PARAMETER);
  window.history.replaceState(null, "", url);
}
