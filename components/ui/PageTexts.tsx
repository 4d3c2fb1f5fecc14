"use client";

import type { ReactNode } from "react";
import { addTexts, type Texts } from "@/lib/texts/t";

/** Provides the texts of one page to its children. They are part of the HTML, not of the JavaScript. */
export function PageTexts({ texts, children }: { texts: Texts; children: ReactNode }) {
  // During rendering, not in an effect: the children are rendered next, also on the server.
  addTexts(texts);
  return children;
}
