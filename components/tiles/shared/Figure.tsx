"use client";

import { useLayoutEffect, useRef } from "react";
import { useLive } from "@/components/live/LiveProvider";
import type { PointInfo } from "@/lib/point";
import { figureOf, type Words } from "./figure";
import { useReader } from "./reader";
import { usePointPart } from "./useReading";

/**
 * The value itself. It listens to its own point, and a new number is written straight into the text: at ten thousand readings a
 * second, rendering each one took more of the page's time than all the rest. Rendered again only when the unit comes or goes.
 * `data-value` holds the value as it came, for scripts; its text is as the reader writes it.
 */
export function Figure({ point, size = "m", words }: { point: PointInfo; size?: "s" | "m" | "l"; words?: Words }) {
  const { store } = useLive();
  const { locale } = useReader();
  const ref = useRef<HTMLSpanElement>(null);
  // The page's first values, as the server painted them too. Whatever came since is written before anyone sees this.
  const first = store.getInitialState().points.get(point.id)?.value ?? null;
  const unit = usePointPart(point.id, (known) => (typeof known?.value === "number" ? point.unit : undefined));

  useLayoutEffect(() => {
    let shown: unknown;
    const write = (): void => {
      const value = store.getState().points.get(point.id)?.value ?? null;
      if (value === shown || !ref.current) return;
      shown = value;
      ref.current.dataset.value = String(value);
      setText(ref.current, figureOf(value, point, locale, words).text);
    };
    write();
    return store.subscribe(write);
  });

  return (
    <div className="figure" data-size={size}>
      <span ref={ref} data-value={String(first)}>
        {figureOf(first, point, locale, words).text}
      </span>
      {unit && (
        <>
          {" "}
          <span className="figure-unit">{unit}</span>
        </>
      )}
    </div>
  );
}

/** Into the text node that is there, as React itself does: a new one would cost more. */
function setText(element: HTMLElement, text: string): void {
  const { firstChild } = element;
  if (firstChild instanceof Text && firstChild === element.lastChild) firstChild.data = text;
  else element.textContent = text;
}
