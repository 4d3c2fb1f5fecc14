"use client";

import { createContext, type ReactNode, use } from "react";

/** The person who reads the page. */
export interface Reader {
  /** BCP 47, from the request: server and browser must write the same. */
  locale: string;
  /** The reader's name, which is omitted beside their own commands; undefined without a login. */
  me: string | undefined;
  /** Whether the reader may change dashboards and registrations. */
  admin: boolean;
}

const ReaderContext = createContext<Reader>({ locale: "en", me: undefined, admin: false });

/** Around all pages, also those without live values: forms format and parse numbers in the page's locale. */
export const ReaderProvider = ({ reader, children }: { reader: Reader; children: ReactNode }) => (
  <ReaderContext value={reader}>{children}</ReaderContext>
);

export const useReader = (): Reader => use(ReaderContext);
