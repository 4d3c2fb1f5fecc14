"use client";

import { useEffect, useRef, useState } from "react";
import type { Control } from "@/components/kit/control";
import type { Scale } from "../controls/scale";
import { stepped } from "./steps";

/** Presses within this time count as one change. */
const QUIET_MS = 700;

/**
 * The buttons − and +. `held` is the target until the presses stop; then it is sent once. If the person leaves the page before that,
 * nothing is sent. `from`: the reported or the already requested value.
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
