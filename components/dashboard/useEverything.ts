"use client";

import { useEffect, useRef, useState } from "react";
import { useConnection } from "@/components/live/hooks";
import { useLive } from "@/components/live/LiveProvider";
import type { EverythingList, EverythingSection } from "@/lib/everything";
import type { Counts, StateKey } from "@/lib/pointState";
import type { Reply } from "@/lib/protocol";

/** The list of the page Everything: only its beginning in the first paint, later all of it. */
export interface KnownList extends EverythingList {
  sections: EverythingSection[];
  /** Whether it is complete. */
  whole: boolean;
  /** The filter for which it was requested. */
  query: string;
  only: ReadonlySet<StateKey>;
}

/** How often counts and the points of the chosen states are requested. */
const ASK_MS = 2000;
/** The delay while the person types. */
const TYPING_MS = 120;
const ANSWER_MS = 5000;
const NO_STATES: ReadonlySet<StateKey> = new Set();

export function useEverything(first: EverythingList, query: string, only: ReadonlySet<StateKey>): KnownList {
  const { link } = useLive();
  const connected = useConnection().state === "live";
  const [list, setList] = useState<KnownList>(() => ({
    ...first,
    sections: first.sections ?? [],
    whole: false,
    query: "",
    only: NO_STATES,
  }));
  const known = useRef(list);

  useEffect(() => {
    const socket = link?.socket;
    if (!socket || !connected) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const later = (ms: number): void => {
      timer = setTimeout(ask, ms);
    };
    const take = (answer: EverythingList): void => {
      const { sections = known.current.sections } = answer;
      const next = { ...answer, sections, whole: true, query, only };
      if (same(known.current, next)) return;
      known.current = next;
      setList(next);
    };
    function ask(): void {
      // Nothing is requested while the page is hidden.
      if (document.visibilityState === "hidden") {
        later(ASK_MS);
        return;
      }
      const { whole, version } = known.current;
      const request = { query: query.slice(0, 200), states: [...only], ...(whole && { known: version }) };
      socket
        ?.timeout(ANSWER_MS)
        .emit("everything:list", request, (error: Error | null, reply?: Reply<EverythingList>) => {
          if (over) return;
          if (!error && reply?.ok) take(reply.value);
          later(ASK_MS);
        });
    }
    later(known.current.query === query ? 0 : TYPING_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [link, connected, query, only]);
  return list;
}

const same = (a: KnownList, b: KnownList): boolean =>
  a.whole === b.whole &&
  a.version === b.version &&
  a.query === b.query &&
  a.only === b.only &&
  a.total === b.total &&
  Object.entries(b.counts).every(([key, count]) => a.counts[key as StateKey] === count);

/** The counts while the connection is lost: like on the tiles, live and alarm become stale. */
export const lostCounts = ({ live, warning, critical, stale, ...rest }: Counts): Counts => ({
  live: 0,
  warning: 0,
  critical: 0,
  stale: live + warning + critical + stale,
  ...rest,
});
