"use client";

import { createContext, use } from "react";

/** Who reads the page, and how things are written for them. */
export interface Reader {
  /** BCP 47, from the request: server and browser must write the same. */
  locale: string;
  /** Whose commands need no name; undefined without a login. */
  me: string | undefined;
  /** May change dashboards and registrations. */
  admin: boolean;
}

export const ReaderContext = createContext<Reader>({ locale: "en", me: undefined, admin: false });

export const useReader = (): Reader => use(ReaderContext);
