"use client";

import { type CSSProperties, useLayoutEffect, useRef } from "react";
import { figureOf, fitsOneLine, hasUnit, type Words, widthInEm } from "@/components/kit/figure";
import { useReader } from "@/components/kit/reader";
import { usePointPart } from "@/components/kit/useReading";
import { useLive } from "@/components/live/LiveProvider";
import type { PointInfo } from "@/lib/point";
import { paced } from "./onScreen";
import { keptDecimals } from "./steady";

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
  const unit = usePointPart(point.id, (known) => (hasUnit(known?.value, point) ? point.unit : undefined));

  useLayoutEffect(() => {
    let shown: unknown;
    const write = (): void => {
      const value = store.getState().points.get(point.id)?.value ?? null;
      if (value === shown || !ref.current) return;
      shown = value;
      ref.current.dataset.value = String(value);
      const { text, unit } = figureOf(value, point, locale, words, keptDecimals(store, point, value));
      setText(ref.current, text);
      markFit(ref.current.parentElement, text, unit);
    };
    write();
    const text = paced(ref.current, write, "soon");
    const end = store.onPoint(point.id, text.changed);
    return () => {
      end();
      text.stop();
    };
  });

  const { text } = figureOf(first, point, locale, words);
  return (
    <div className="figure" data-size={size}>
      <div className="figure-line" style={{ "--em": widthInEm(text) } as CSSProperties}>
        <span ref={ref} data-value={String(first)}>
          {text}
        </span>
        {unit && (
          <>
            {" "}
            <span className="figure-unit">{unit}</span>
          </>
        )}
      </div>
    </div>
  );
}

/**
 * A figure that surely takes one line is laid out by itself (`[data-fits]` in tile.css): the wall around it is not looked at again.
 * Where a figure has a place of a fixed width, its size follows from `--em`, the width of its text (gauge.css).
 */
function markFit(line: HTMLElement | null, text: string, unit: string): void {
  const em = String(widthInEm(text));
  if (line && line.style.getPropertyValue("--em") !== em) line.style.setProperty("--em", em);
  const fits = fitsOneLine(text, unit);
  if (line && fits !== "fits" in line.dataset) line.toggleAttribute("data-fits", fits);
}

/** Into the text node that is there, as React itself does: a new one would cost more. */
function setText(element: HTMLElement, text: string): void {
  const { firstChild } = element;
  if (firstChild instanceof Text && firstChild === element.lastChild) firstChild.data = text;
  else element.textContent = text;
}
