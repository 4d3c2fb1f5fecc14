"use client";

import { useEffect, useRef, useState } from "react";
import type { Control } from "@/components/kit/control";
import { listenToTouch } from "./listenToTouch";

/** Arrow keys come one by one: what counts is where they stop. */
const KEYS_MS = 400;

/** What the listeners look up when something happens. */
export interface SlideNow extends Pick<Control, "send" | "slide"> {
  how: "release" | "moving";
  /** Where the thumb stands while nobody moves it; undefined: no value is known. */
  place: number | undefined;
}

/**
 * The hand on a slider. From the first move to the release `held` is where the hand is; otherwise undefined, and the slider
 * stands where the device says. `ref` goes on the native range input: its `change` event, which React does not tell apart
 * from `input`, is the release. The listeners stay for as long as the input does: a redraw in between `input` and `change`
 * must not forget that it was a key.
 */
export function useSlide({ send, slide }: Pick<Control, "send" | "slide">, how: SlideNow["how"], place?: number) {
  const [held, setHeld] = useState<number>();
  const ref = useRef<HTMLInputElement>(null);
  const latest = useRef<SlideNow>({ send, slide, how, place });
  useEffect(() => {
    latest.current = { send, slide, how, place };
  });
  useEffect(() => (ref.current ? listen(ref.current, () => latest.current, setHeld) : undefined), []);
  return { held, ref };
}

/** Keyboard, mouse and assistive programs by the input's own events; fingers by their own rules. Returns the function that ends it. */
function listen(
  input: HTMLInputElement,
  latest: () => SlideNow,
  hold: (value: number | undefined) => void,
): () => void {
  let byKey = false;
  let keys: ReturnType<typeof setTimeout> | undefined;

  const moved = (): void => {
    hold(input.valueAsNumber);
    if (latest().how === "moving" && !byKey) latest().slide(input.valueAsNumber);
  };
  const release = (): void => {
    clearTimeout(keys);
    hold(undefined);
    // Disabled under the hand, because the device or the connection went: nothing is sent.
    if (input.disabled) return;
    const { send, slide, how } = latest();
    (how === "moving" ? slide : send)(input.valueAsNumber);
  };
  const touch = listenToTouch(input, { place: () => latest().place, moved, release, restore: () => hold(undefined) });
  const listeners = {
    input: () => {
      if (!touch.ownsValue()) moved();
    },
    change: () => {
      if (touch.ownsValue()) return;
      if (!byKey) return release();
      clearTimeout(keys);
      keys = setTimeout(release, KEYS_MS);
    },
    keydown: () => {
      byKey = true;
    },
    pointerdown: () => {
      byKey = false;
    },
  };
  for (const [name, listener] of Object.entries(listeners)) input.addEventListener(name, listener);
  return () => {
    clearTimeout(keys);
    touch.stop();
    for (const [name, listener] of Object.entries(listeners)) input.removeEventListener(name, listener);
  };
}
