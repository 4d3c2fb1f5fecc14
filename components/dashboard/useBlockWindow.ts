"use client";

import { type RefObject, startTransition, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { type Block, createHeights, type Heights, heightOf, type Range, rangeOf } from "./blocks";

export interface BlockWindow {
  range: Range;
  /** What is left out before and behind the range, px. */
  above: number;
  below: number;
  heights: Heights;
  /** For each block that is rendered: its height is learned. */
  observe(element: HTMLElement | null): (() => void) | undefined;
}

/**
 * The blocks in sight and one screen around them. `list` is the element that holds them; the page scrolls, whatever part of it does.
 */
export function useBlockWindow(list: RefObject<HTMLElement | null>, blocks: readonly Block[]): BlockWindow {
  const [heights] = useState(createHeights);
  const [range, setRange] = useState<Range>({ first: 0, end: blocks.length });
  const current = useRef(blocks);
  const observer = useRef<ResizeObserver>(undefined);

  const measure = useCallback(() => {
    const box = list.current;
    if (!box) return;
    const { top, width } = box.getBoundingClientRect();
    heights.width(window.innerWidth, width);
    const screen = window.innerHeight;
    const next = rangeOf(current.current, heights, -top - screen, -top + 2 * screen);
    // Rows that come into sight are rendered in slices: scrolling goes on meanwhile.
    startTransition(() => setRange((old) => (old.first === next.first && old.end === next.end ? old : next)));
  }, [list, heights]);

  useLayoutEffect(() => {
    current.current = blocks;
    measure();
  }, [blocks, measure]);

  useEffect(() => {
    // Capture: whichever element scrolls.
    document.addEventListener("scroll", measure, { passive: true, capture: true });
    window.addEventListener("resize", measure);
    return () => {
      document.removeEventListener("scroll", measure, { capture: true });
      window.removeEventListener("resize", measure);
      observer.current?.disconnect();
      observer.current = undefined;
    };
  }, [measure]);

  const observe = useCallback(
    (element: HTMLElement | null) => {
      if (!element) return undefined;
      observer.current ??= new ResizeObserver((entries) => {
        for (const { target, borderBoxSize } of entries) {
          const block = current.current.find(({ key }) => key === (target as HTMLElement).dataset.block);
          const px = borderBoxSize[0]?.blockSize;
          if (block && px) heights.measured(block, px);
        }
        measure();
      });
      const sizes = observer.current;
      sizes.observe(element);
      return () => sizes.unobserve(element);
    },
    [heights, measure],
  );

  const end = Math.min(range.end, blocks.length);
  const first = Math.min(range.first, Math.max(0, end - 1));
  return {
    range: { first, end },
    above: heightOf(blocks.slice(0, first), heights),
    below: heightOf(blocks.slice(end), heights),
    heights,
    observe,
  };
}
