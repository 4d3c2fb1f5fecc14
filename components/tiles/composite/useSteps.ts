"use client";

import { useEffect, useRef, useState } from "react";
import type { Control } from "@/components/kit/control";
import type { Scale } from "../controls/scale";
import { stepped } from "./steps";

/** Presses come one by one: what counts is where they stop. */
const QUIET_MS = 700;

/**
 * − and +. Until the presses stop `held` is where they would go; then it is asked for once. Whoever leaves before that has asked for
 * nothing. `from`: where the device is, or was asked to go.
 */
export function useSteps({ send }: Pick<Control, "send">, from: number | undefined, scale: Scale) {
  const [held, setHeld] = useState<number>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const next = (by: -1 | 1) => stepped(held ?? from, scale, by);
  return {
    held,
    next,
    press(by: -1 | 1) {
      const to = next(by);
      if (to === undefined) return;
      setHeld(to);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        setHeld(undefined);
        send(to);
      }, QUIET_MS);
    },
  };
}
