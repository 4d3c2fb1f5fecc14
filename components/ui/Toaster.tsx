"use client";

import { useStore } from "zustand";
import { t } from "@/lib/texts/t";
import { IconButton } from "./Button";
import { cx } from "./cx";
import { Icon } from "./icons";
import { dismiss, toasts } from "./toasts";

/** Renders toasts; used once, in the shell. The live region must exist before its content, or nothing would be announced. */
export function Toaster() {
  const items = useStore(toasts, (state) => state.items);
  return (
    <div
      role="status"
      // It covers the navigation (on a phone the tabs), since anywhere else it would cover tiles or the buttons of a form.
      className="pointer-events-none fixed bottom-0 left-0 z-50 flex flex-col gap-2 max-md:inset-x-0 max-md:px-2 max-md:pb-[calc(0.25rem+env(safe-area-inset-bottom))] md:bottom-3 md:w-58 md:px-2 print:hidden"
    >
      {items.map((item) => (
        <div
          key={item.id}
          className={cx(
            "pointer-events-auto flex min-h-13 items-center gap-2 rounded-(--radius-s) border bg-(--raised) py-1 pr-1 pl-3 text-(length:--text-s)",
            // Two would be higher than the tabs.
            "max-md:not-last:hidden",
            "shadow-[0_8px_32px_oklch(0_0_0/0.2)] motion-safe:transition-opacity motion-safe:duration-(--calm) starting:opacity-0",
            item.tone === "critical" ? "border-(--crit) text-(--crit-ink)" : "border-(--line) text-(--ink)",
          )}
        >
          <span className="min-w-0 flex-1 py-1 break-words">{item.text}</span>
          <IconButton label={t("ui.dismiss")} onClick={() => dismiss(item.id)}>
            <Icon name="close" className="size-4" />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
