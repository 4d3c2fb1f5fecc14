"use client";

import { type RefObject, useEffect, useRef } from "react";
import { type Block, type Heights, heightOf } from "./blocks";

/** Where the reader was, in this entry of the browser's history: the block at the top of the screen, and how far it is scrolled out. */
interface ScrollPosition {
  key: string;
  px: number;
}
const MARK = "telltaleEverything";
const SAVE_MS = 150;

const placeIn = (state: unknown): ScrollPosition | undefined => (state as { [MARK]?: ScrollPosition } | null)?.[MARK];

/**
 * Going back leads to where the reader was. The browser cannot do it by itself: when it tries, the list is not there yet. `whole`: it is.
 */
export function useScrollPosition(
  list: RefObject<HTMLElement | null>,
  blocks: readonly Block[],
  heights: Heights,
  whole: boolean,
) {
  const now = useRef({ blocks, heights });
  useEffect(() => {
    now.current = { blocks, heights };
  });
  const wanted = useRef<ScrollPosition | undefined>(undefined);
  const looked = useRef(false);

  useEffect(() => {
    if (!looked.current) wanted.current = placeIn(window.history.state);
    looked.current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const given = (): void => {
      wanted.current = undefined;
    };
    const save = (): void => {
      const { blocks, heights } = now.current;
      let y = -(list.current?.getBoundingClientRect().top ?? 0);
      let at: Block | undefined;
      for (const block of blocks) {
        at = block;
        if (y < heights.of(block)) break;
        y -= heights.of(block);
      }
      if (wanted.current || !at) return;
      const place: ScrollPosition | undefined =
        at === blocks[0] && y <= 0 ? undefined : { key: at.key, px: Math.round(y) };
      window.history.replaceState({ ...window.history.state, [MARK]: place }, "");
    };
    const onScroll = (): void => {
      clearTimeout(timer);
      timer = setTimeout(save, SAVE_MS);
    };
    document.addEventListener("scroll", onScroll, { passive: true, capture: true });
    // Whoever scrolls before the list is there has decided.
    for (const event of ["wheel", "touchmove", "keydown"]) window.addEventListener(event, given, { passive: true });
    return () => {
      clearTimeout(timer);
      document.removeEventListener("scroll", onScroll, { capture: true });
      for (const event of ["wheel", "touchmove", "keydown"]) window.removeEventListener(event, given);
    };
  }, [list]);

  useEffect(() => {
    const place = wanted.current;
    if (!whole || !place) return;
    wanted.current = undefined;
    const index = blocks.findIndex(({ key }) => key === place.key);
    const box = list.current;
    if (index === -1 || !box) return;
    const top = box.getBoundingClientRect().top + window.scrollY + heightOf(blocks.slice(0, index), heights);
    window.scrollTo({ top: top + place.px, behavior: "instant" });
  }, [whole, blocks, heights, list]);
}
