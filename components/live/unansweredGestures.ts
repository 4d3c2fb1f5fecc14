import type { CommandFate } from "@/lib/command";

/** Outlives a reload of the page, in this tab only: what was pressed before it is asked for after it. */
const KEY = "telltale-unanswered";
/** More than a person leaves open; older ones were answered or are long too late. */
const KEPT = 50;

export interface UnansweredGestures {
  all(): readonly CommandFate[];
  add(gesture: CommandFate): void;
  remove(id: string): void;
}

/** The gestures of which no answer has come. A browser may keep no storage: then they last as long as the page. */
export function createUnansweredGestures(storage: Storage | undefined = tabStorage()): UnansweredGestures {
  let gestures = load(storage);
  const set = (next: readonly CommandFate[]): void => {
    gestures = next.slice(-KEPT);
    try {
      storage?.setItem(KEY, JSON.stringify(gestures));
    } catch (error) {
      // A full or forbidden storage: they are kept in memory all the same.
      console.warn("unanswered commands cannot be stored over a reload", error);
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
    console.warn("unanswered commands of before the reload cannot be read", error);
    return [];
  }
}

function tabStorage(): Storage | undefined {
  try {
    return typeof window === "undefined" ? undefined : window.sessionStorage;
  } catch (error) {
    console.warn("this browser does not let pages store anything", error);
    return undefined;
  }
}
