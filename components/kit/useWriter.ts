"use client";

import type { PointInfo } from "@/lib/point";
import { clockText } from "./clockText";
import { sayValue, type Words } from "./figure";
import { useReader } from "./reader";
import { useHydrated } from "./useHydrated";
import type { Writer } from "./words";

/** The formatters for texts about a point; times of day only after hydration, since the server does not know the reader's zone. */
export function useWriter(point: PointInfo, now: () => number, words?: Words, say?: Writer["value"]): Writer {
  const { locale } = useReader();
  const hydrated = useHydrated();
  return {
    clock: hydrated ? (at) => clockText(at, now(), locale) : undefined,
    value: say ?? ((value) => sayValue(value, point, locale, words)),
  };
}
