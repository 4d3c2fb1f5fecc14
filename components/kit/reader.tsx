"use client";

import { createContext, type ReactNode, use } from "react";

/** Who reads the page, and how things are written for them. */
export interface Reader {
  /** BCP 47, from the request: server and browser must write the same. */
  locale: string;
  /** Whose commands need no name; undefined without a login. */
  me: string | undefined;
  /** May change dashboards and registrations. */
  admin: boolean;
}

const ReaderContext = createContext<Reader>({ locale: "en", me: undefined, admin: false });

/** Around all pages, with and without live values: forms write and read numbers in the language of the page too. */
export const ReaderProvider = ({ reader, children }: { reader: Reader; children: ReactNode }) => (
  <ReaderContext value={reader}>{children}</ReaderContext>
);

export const useReader = (): Reader => use(ReaderContext);
