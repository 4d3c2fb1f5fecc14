"use client";

import { useEffect, useRef, useState } from "react";
import type { Control } from "@/components/kit/control";
import { listenToTouch } from "./listenToTouch";

/** Key presses within this time count as one change. */
const KEYS_MS = 400;

/** The current values, which the listeners read on each event. */
export interface SlideNow extends Pick<Control, "send" | "slide"> {
  how: "release" | "moving";
  /** The value of the thumb while nobody moves it; undefined: no value is known. */
  place: number | undefined;
}

/**
 * Handles input on a slider. From the first move to the release `held` is the dragged value; otherwise it is undefined, and the slider
 * shows the reported one. `ref` belongs to the native range input: its native `change` event is the release (React's onChange is
 * `input`). The listeners stay as long as the input: a render between `input` and `change` must not lose whether it was a key.
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

/** Keyboard, mouse and assistive technology use the input's own events; fingers have their own rules. Returns the clean-up function. */
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
    // Disabled during the drag, because the device or the connection was lost: nothing is sent.
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
