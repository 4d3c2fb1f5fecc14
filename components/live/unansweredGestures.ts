import type { CommandFate } from "@/lib/command";

/** In session storage: after a reload of the tab, the page asks for the outcome of earlier gestures. */
const KEY = "telltale-unanswered";
/** More than a person leaves unanswered; older ones are dropped. */
const KEPT = 50;

export interface UnansweredGestures {
  all(): readonly CommandFate[];
  add(gesture: CommandFate): void;
  remove(id: string): void;
}

/** Gestures without an answer. In a browser without storage they are kept as long as the page. */
export function createUnansweredGestures(storage: Storage | undefined = tabStorage()): UnansweredGestures {
  let gestures = load(storage);
  const set = (next: readonly CommandFate[]): void => {
    gestures = next.slice(-KEPT);
    try {
      storage?.setItem(KEY, JSON.stringify(gestures));
    } catch (error) {
      // The storage is full or forbidden: they are kept in memory.
      console.warn("storing unanswered commands failed; they will be lost on reload", error);
    }
  };
  return {
    all: () => gestures,
    add: (gesture) => set([...gestures, gesture]),
    remove(id) {
      if (gestures.some((gesture) => gesture.id === id)) set(gestures.filter((gesture) => gesture.id !== id));
    },
  };
}

function load(storage: Storage | undefined): readonly CommandFate[] {
  const text = storage?.getItem(KEY);
  if (!text) return [];
  try {
    const gestures: unknown = JSON.parse(text);
    return Array.isArray(gestures) ? gestures : [];
  } catch (error) {
    console.warn("reading unanswered commands from before the reload failed", error);
    return [];
  }
}

function tabStorage(): Storage | undefined {
  try {
    return typeof window === "undefined" ? undefined : window.sessionStorage;
  } catch (error) {
    console.warn("session storage is not available", error);
    return undefined;
  }
}
