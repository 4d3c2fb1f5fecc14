"use client";

import type { ReactNode } from "react";
import { addTexts, type Texts } from "@/lib/texts/t";

/** Gives what stands in it the texts that it asks for: they come with the HTML, for this page alone, and not as JavaScript. */
export function PageTexts({ texts, children }: { texts: Texts; children: ReactNode }) {
  // While it is drawn, not in an effect: its children are drawn next, on the server too.
  addTexts(texts);
  return children;
}
