import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import type { ReactNode } from "react";
import { renderToString } from "react-dom/server";

/** What the server writes of a part of a page, below the app's router; React's marks between texts are left out. */
export const htmlInApp = (part: ReactNode): string =>
  renderToString(<AppRouterContext value={{} as never}>{part}</AppRouterContext>).replaceAll("<!-- -->", "");
