import { sayValue } from "@/components/kit/figure";
import type { CompositeKind } from "@/lib/composite/roles";
import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import { sayOfCover } from "./cover/words";
import { sayOfLight } from "./light/words";
import { onOff } from "./shared/onOff";

/** Kinds that format some of their parts differently; undefined: like any other value. */
const OWN_WORDS: Partial<Record<CompositeKind, typeof sayOfLight>> = { light: sayOfLight, cover: sayOfCover };

/** A part's value as a text. */
export const sayPart = (
  kind: CompositeKind,
  role: string,
  point: Pick<PointInfo, "type" | "unit" | "precision" | "command" | "range">,
  locale: string,
  value: Value,
  least?: number,
): string => OWN_WORDS[kind]?.(role, point, locale, value) ?? sayValue(value, point, locale, onOff(), least);
