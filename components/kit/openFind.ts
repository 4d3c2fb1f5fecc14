/** This event on the window opens the palette, so that no component needs a reference to it. */
export const FIND_EVENT = "telltale:find";

export const openFind = (): void => {
  window.dispatchEvent(new Event(FIND_EVENT));
};
