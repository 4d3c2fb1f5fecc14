"use client";

import { t } from "@/lib/texts/t";
import { openFind } from "./openFind";
import { useHydrated } from "./useHydrated";

/** Opens the palette, and shows its shortcut. On a phone the palette is in the sheet "More" instead. */
export function FindButton() {
  // Only the browser knows which key it is; the server renders the one of most keyboards.
  const apple = useHydrated() && /Mac|iPhone|iPad/.test(navigator.userAgent);
  return (
    <button
      type="button"
      onClick={openFind}
      aria-keyshortcuts="Meta+K Control+K"
      className="hidden min-h-9 items-center gap-6 rounded-control border border-line bg-raised px-3.5 text-[14px] text-ink-2 shadow-panel hover:border-ink-3 md:inline-flex pointer-coarse:min-h-(--touch)"
    >
      {t("kit.findAnything")}
      <kbd className="font-sans text-xs text-ink-3">{apple ? "⌘K" : "Ctrl K"}</kbd>
    </button>
  );
}
