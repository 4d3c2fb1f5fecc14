/** The palette is asked for from anywhere by this event on the window, so that nobody has to hold a reference to it. */
export const FIND_EVENT = "telltale:find";

export const openFind = (): void => {
  window.dispatchEvent(new Event(FIND_EVENT));
};
