const KEY = "telltale.reloaded";
/** While several nodes are upgraded the next page may be of the old version again: then so long after the last time. */
const AGAIN_MS = 60_000;

/** Loads the page anew where the server is of another version: at once, but not again and again. */
export const pageReload = {
  waitMs(now = Date.now()): number {
    try {
      const since = now - Number(sessionStorage.getItem(KEY));
      return since < 0 || since >= AGAIN_MS ? 0 : AGAIN_MS - since;
    } catch (error) {
      console.warn("session storage is not available", error);
      return AGAIN_MS;
    }
  },
  reload(now = Date.now()): void {
    try {
      sessionStorage.setItem(KEY, String(now));
    } catch (error) {
      console.warn("session storage is not available", error);
    }
    location.reload();
  },
};
