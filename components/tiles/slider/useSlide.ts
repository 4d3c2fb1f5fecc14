"use client";

import { useEffect, useRef, useState } from "react";
import type { Control } from "../definition";

/** Arrow keys come one by one: what counts is where they stop. */
const KEYS_MS = 400;

/**
 * The hand on a slider. From the first move to the release `held` is where the hand is; otherwise undefined, and the slider
 * stands where the device says. `ref` goes on the native range input: its `change` event, which React does not tell apart
 * from `input`, is the release. The listeners stay for as long as the input does: a redraw in between `input` and `change`
 * must not forget that it was a key.
 */
export function useSlide({ send, slide }: Pick<Control, "send" | "slide">, how: "release" | "moving") {
  const [held, setHeld] = useState<number>();
  const ref = useRef<HTMLInputElement>(null);
  const latest = useRef({ send, slide, how });
  useEffect(() => {
    latest.current = { send, slide, how };
  });

  useEffect(() => {
    const input = ref.current;
    if (!input) return;
    let byKey = false;
    let keys: ReturnType<typeof setTimeout> | undefined;

    const release = () => {
      clearTimeout(keys);
      setHeld(undefined);
      const { send, slide, how } = latest.current;
      (how === "moving" ? slide : send)(input.valueAsNumber);
    };
    const listeners = {
      input: () => {
        setHeld(input.valueAsNumber);
        if (latest.current.how === "moving" && !byKey) latest.current.slide(input.valueAsNumber);
      },
      change: () => {
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
      for (const [name, listener] of Object.entries(listeners)) input.removeEventListener(name, listener);
    };
  }, []);

  return { held, ref };
}
