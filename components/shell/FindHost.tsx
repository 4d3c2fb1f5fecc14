"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { forgetNavCounts } from "@/components/kit/navCounts";
import { FIND_EVENT } from "@/components/kit/openFind";
import type { NavSection } from "./nav";

/** Loaded when it is first opened. */
const FindPalette = dynamic(() => import("./FindPalette"), { ssr: false });

/** Opens the palette on ⌘K, Ctrl+K and the event of its buttons. */
export function FindHost({ sections }: { sections: readonly NavSection[] }) {
  const [open, setOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new sections are a new drawing by the server
  useEffect(forgetNavCounts, [sections]);
  useEffect(() => {
    const show = () => setOpen(true);
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      show();
    };
    window.addEventListener(FIND_EVENT, show);
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener(FIND_EVENT, show);
      window.removeEventListener("keydown", onKey);
    };
  }, []);
  return open && <FindPalette sections={sections} onClose={() => setOpen(false)} />;
}
