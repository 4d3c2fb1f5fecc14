"use client";

import { createContext, type ReactNode, use } from "react";
import { usePoints } from "./useReading";

const ViewOnlyContext = createContext(false);

/** The id of the page's notice, which describes its disabled controls. */
export const VIEW_ONLY_ID = "view-only";

/** Whether the page has actuators and its reader may operate none of them. False outside of a live page. */
export const useViewOnly = (): boolean => use(ViewOnlyContext);

export function ViewOnlyProvider({ children }: { children: ReactNode }) {
  const actuators = usePoints().filter((point) => point.command);
  const viewOnly = actuators.length > 0 && !actuators.some((point) => point.operable);
  return <ViewOnlyContext value={viewOnly}>{children}</ViewOnlyContext>;
}
