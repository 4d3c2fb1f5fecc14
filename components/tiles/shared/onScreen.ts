/**
 * What is not on the screen need not be drawn, and what is only read there (by a screen reader, by a search in the page) need not be
 * written at every frame. The browser itself says which tiles it leaves out (`content-visibility: auto`, css-contain-2 §4.4); where it
 * does not say so, everything counts as on the screen.
 */

/** Within this time a text off the screen is right as well: short beside what a person needs to get there. */
const OFF_SCREEN_MS = 100;
/** So few are written with those on the screen: what waits saves work only where there is much of it. */
const FEW = 300;

interface Sight {
  /** Undefined: nobody has said yet; taken as on the screen. */
  skipped: boolean | undefined;
  /** Called when the tile comes into sight. */
  readonly listeners: Set<() => void>;
  /** Called when it comes into sight or leaves it. */
  readonly turns: Set<() => void>;
}

const sights = new WeakMap<Element, Sight>();
const NOWHERE: Sight = { skipped: false, listeners: new Set(), turns: new Set() };

/** One listener a tile, whatever it shows. */
function sightOf(element: Element | null): Sight {
  const tile = element?.closest(".tile");
  if (!element || !tile) return NOWHERE;
  const known = sights.get(tile);
  if (known) return known;
  const sight: Sight = { skipped: undefined, listeners: new Set(), turns: new Set() };
  sights.set(tile, sight);
  tile.addEventListener("contentvisibilityautostatechange", (event) => {
    if (event.target !== tile) return;
    sight.skipped = (event as ContentVisibilityAutoStateChangeEvent).skipped;
    if (!sight.skipped) for (const listener of [...sight.listeners]) listener();
    for (const turn of [...sight.turns]) turn();
  });
  inOneGo(() => {
    sight.skipped ??= element.isConnected && element.checkVisibility?.({ contentVisibilityAuto: true }) === false;
    for (const turn of [...sight.turns]) turn();
  });
  return sight;
}

/** The event tells changes only, and the first one came before the page's script did. Asked for all tiles at once: asking costs a style pass. */
const inOneGo = gathered(0);

export interface Paced {
  /** Something changed: writes at once on the screen, later off it. */
  changed(): void;
  stop(): void;
}

/**
 * Calls `write` as often as it is worth it for what stands in this element's tile. `offScreen`: when it is written there too: soon
 * (text), together with what else has gathered (what is rendered: each rendering walks through all tiles), or only when it comes into
 * sight (drawing).
 */
export function paced(element: Element | null, write: () => void, offScreen: keyof typeof OFF_SCREEN): Paced {
  const sight = sightOf(element);
  let due = false;
  const catchUp = (): void => {
    if (!due) return;
    due = false;
    write();
  };
  sight.listeners.add(catchUp);
  return {
    changed() {
      if (!sight.skipped) {
        due = false;
        write();
        return;
      }
      if (due) return;
      due = true;
      OFF_SCREEN[offScreen](catchUp);
    },
    stop() {
      due = false;
      sight.listeners.delete(catchUp);
    },
  };
}

/** Runs `start` while the element's tile is in sight, and what it returned when the tile leaves it. Ends with the returned function. */
export function whileInSight(element: Element | null, start: () => () => void): () => void {
  const sight = sightOf(element);
  let end: (() => void) | undefined;
  const turn = (): void => {
    if (sight.skipped) {
      end?.();
      end = undefined;
    } else if (sight.skipped === false) end ??= start();
  };
  sight.turns.add(turn);
  turn();
  return () => {
    sight.turns.delete(turn);
    end?.();
  };
}

const OFF_SCREEN = { soon: gathered(OFF_SCREEN_MS, FEW), together: gathered(OFF_SCREEN_MS, 0), never: () => undefined };

/** Calls in the next turn where no more than `few` have gathered, else after so many ms; with one timer for all of them. */
function gathered(ms: number, few = Number.POSITIVE_INFINITY): (run: () => void) => void {
  const waiting: (() => void)[] = [];
  const callAll = (): void => {
    for (const each of waiting.splice(0)) each();
  };
  return (run) => {
    if (waiting.length === 0)
      setTimeout(() => {
        if (waiting.length <= few) callAll();
        else setTimeout(callAll, ms);
      });
    waiting.push(run);
  };
}
