"use client";

import { createContext, use } from "react";
import type { CompositeKind } from "@/lib/composite/roles";
import type { PointId } from "@/lib/ids";

/** What a part knows about its tile. */
export interface WholeTile {
  kind: CompositeKind;
  title: string;
  /** The id of the foot's text. */
  describedBy: string;
  /** The point that the foot describes, and why nothing can be sent to it. */
  spoken: PointId | undefined;
  why: string | undefined;
}

export const WholeContext = createContext<WholeTile | undefined>(undefined);

export function useWhole(): WholeTile {
  const whole = use(WholeContext);
  if (!whole) throw new Error("a part of a composite tile is rendered outside of one");
  return whole;
}
