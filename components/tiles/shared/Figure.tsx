"use client";

import { type CSSProperties, useLayoutEffect, useRef } from "react";
import { figureOf, hasUnit, type Words, widthInEm } from "@/components/kit/figure";
import { useReader } from "@/components/kit/reader";
import { usePointPart } from "@/components/kit/useReading";
import { useLive } from "@/components/live/LiveProvider";
import type { PointInfo } from "@/lib/point";
import { paced } from "./onScreen";
import { keptDecimals } from "./steady";

/**
 * The value. It listens to its own point and writes a new value straight into the text node: at ten thousand readings a second,
 * rendering each one took more time than all the rest of the page. React renders it again only when the unit appears or disappears.
 * `data-value` is the raw value, for scripts; the text is formatted for the reader's locale.
 */
export function Figure({ point, size = "m", words }: { point: PointInfo; size?: "s" | "m" | "l"; words?: Words }) {
  const { store } = useLive();
  const { locale } = useReader();
  const ref = useRef<HTMLSpanElement>(null);
  // The page's first values, which the server rendered too. Newer ones are written in the layout effect, before the first paint.
  const first = store.getInitialState().points.get(point.id)?.value ?? null;
  const unit = usePointPart(point.id, (known) => (hasUnit(known?.value, point) ? point.unit : undefined));

  useLayoutEffect(() => {
    let shown: unknown;
    const write = (): void => {
      const value = store.getState().points.get(point.id)?.value ?? null;
      if (value === shown || !ref.current) return;
      shown = value;
      ref.current.dataset.value = String(value);
      const { text } = figureOf(value, point, locale, words, keptDecimals(store, point, value));
      setText(ref.current, text);
      markWidth(ref.current.parentElement, text);
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

/** The font size follows from `--em`, the width of the text (compact.css, gauge.css). */
function markWidth(line: HTMLElement | null, text: string): void {
  const em = String(widthInEm(text));
  if (line && line.style.getPropertyValue("--em") !== em) line.style.setProperty("--em", em);
}

/** Reuses the text node, as React does: creating a new one costs more. */
function setText(element: HTMLElement, text: string): void {
  const { firstChild } = element;
  if (firstChild instanceof Text && firstChild === element.lastChild) firstChild.data = text;
  else element.textContent = text;
}
