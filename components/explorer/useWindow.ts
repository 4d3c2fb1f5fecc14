"use client";

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** A virtual list: rows of one height, of which only the visible ones are rendered. */
export interface RowWindow {
  /** px */
  height: number;
  /** The first visible row and how many fit, in steps, so that not every scrolled pixel renders. */
  first: number;
  fit: number;
  show(index: number): void;
}

const STEP = 4;
const FINE_REM = 1.875;
const COARSE_REM = 2.75;

export function useWindow(scroller: RefObject<HTMLElement | null>): RowWindow {
  const [height, setHeight] = useState(30);
  const [view, setView] = useState({ first: 0, fit: 30 });
  const heightNow = useRef(height);

  const measure = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    const first = Math.floor(box.scrollTop / heightNow.current / STEP) * STEP;
    const fit = Math.ceil(box.clientHeight / heightNow.current) + STEP;
    setView((old) => (old.first === first && old.fit === fit ? old : { first, fit }));
  }, [scroller]);

  useLayoutEffect(() => {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    heightNow.current = Math.round(rem * (matchMedia("(pointer: coarse)").matches ? COARSE_REM : FINE_REM));
    setHeight(heightNow.current);
    measure();
  }, [measure]);

  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    box.addEventListener("scroll", measure, { passive: true });
    const resizes = new ResizeObserver(measure);
    resizes.observe(box);
    return () => {
      box.removeEventListener("scroll", measure);
      resizes.disconnect();
    };
  }, [scroller, measure]);

  const show = useCallback(
    (index: number) => {
      const box = scroller.current;
      if (!box) return;
      const top = index * heightNow.current;
      if (top < box.scrollTop) box.scrollTop = top;
      else if (top + heightNow.current > box.scrollTop + box.clientHeight)
        box.scrollTop = top + heightNow.current - box.clientHeight;
    },
    [scroller],
  );

  return { height, ...view, show };
}
