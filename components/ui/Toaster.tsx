"use client";

import { useStore } from "zustand";
import { IconButton } from "./Button";
import { cx } from "./cx";
import { Icon } from "./icons";
import { dismiss, toasts } from "./toasts";

/** Where toasts appear; stands once, in the shell. The region is there from the start, else nothing would be announced. */
export function Toaster() {
  const items = useStore(toasts, (state) => state.items);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-[calc(5rem+env(safe-area-inset-bottom))] z-50 flex flex-col items-center gap-2 px-4 md:bottom-6"
    >
      {items.map((item) => (
        <div
          key={item.id}
          className={cx(
            "pointer-events-auto flex max-w-md items-center gap-2 rounded-(--radius-s) border bg-(--raised) py-1 pr-1 pl-4 text-[14px]",
            "shadow-[0_8px_32px_oklch(0_0_0/0.2)] motion-safe:transition-opacity motion-safe:duration-(--calm) starting:opacity-0",
            item.tone === "critical" ? "border-(--crit) text-(--crit-ink)" : "border-(--line) text-(--ink)",
          )}
        >
          <span className="min-w-0 py-1.5 break-words">{item.text}</span>
          <IconButton label="Dismiss" onClick={() => dismiss(item.id)}>
            <Icon name="close" className="size-4" />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
