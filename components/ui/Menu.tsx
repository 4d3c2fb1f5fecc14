"use client";

import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import { PageLink } from "@/components/ui/PageLink";
import { cx } from "./cx";

export type MenuItem =
  | { kind?: "action"; label: string; onSelect: () => void; danger?: boolean; disabled?: string }
  | { kind: "link"; label: string; href: string };

const ITEM =
  "flex w-full min-h-9 pointer-coarse:min-h-(--touch) items-center rounded-[7px] px-3 text-left text-[14px] cursor-pointer " +
  "hover:bg-(--well) focus-visible:bg-(--well) focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-(--accent)";

const STEP: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

const itemsOf = (menu: HTMLElement): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')];

/**
 * A menu button by the ARIA pattern, with the native popover: the browser provides the top layer, Escape and closing on a press outside.
 * `children` is the content of the button; `label` its accessible name.
 */
export function Menu({
  label,
  items,
  children,
  className,
  align = "end",
}: {
  label: string;
  items: readonly MenuItem[];
  children: ReactNode;
  className?: string;
  align?: "start" | "end";
}) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);

  // Not all browsers have CSS anchors yet. When the page scrolls, the menu closes instead of following its button.
  const place = () => {
    const at = button.current?.getBoundingClientRect();
    const box = menu.current;
    if (!at || !box) return;
    const { offsetWidth: width, offsetHeight: height } = box;
    const left = align === "end" ? at.right - width : at.left;
    const below = at.bottom + 4 + height <= window.innerHeight;
    box.style.left = `${Math.max(8, Math.min(left, window.innerWidth - width - 8))}px`;
    box.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - 4 - height)}px`;
  };

  const onToggle = (open: boolean) => {
    button.current?.setAttribute("aria-expanded", String(open));
    if (!open || !menu.current) return;
    place();
    itemsOf(menu.current)[0]?.focus();
    window.addEventListener("scroll", () => menu.current?.hidePopover(), { once: true, capture: true });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === "Tab") return menu.current?.hidePopover();
    const step = STEP[event.key];
    if (!step) return;
    event.preventDefault();
    const items = itemsOf(event.currentTarget);
    items[step(items.indexOf(document.activeElement as HTMLElement), items.length)]?.focus();
  };

  const close = () => {
    menu.current?.hidePopover();
    button.current?.focus();
  };

  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded="false"
        popoverTarget={id}
        className={cx(
          "inline-flex items-center justify-center rounded-(--radius-s) outline-offset-2 focus-visible:outline-2 focus-visible:outline-(--accent) cursor-pointer",
          className ?? "size-9 pointer-coarse:size-(--touch) text-(--ink-2) hover:bg-(--well) hover:text-(--ink)",
        )}
      >
        {children}
      </button>
      <div
        ref={menu}
        id={id}
        role="menu"
        tabIndex={-1}
        popover="auto"
        aria-label={label}
        onToggle={(event) => onToggle(event.newState === "open")}
        onKeyDown={onKeyDown}
        className="fixed m-0 min-w-44 rounded-(--radius-s) border border-(--line) bg-(--raised) p-1 text-(--ink) shadow-[0_8px_32px_oklch(0_0_0/0.2)]"
      >
        {items.map((item) =>
          item.kind === "link" ? (
            <PageLink key={item.label} role="menuitem" tabIndex={-1} href={item.href} onClick={close} className={ITEM}>
              {item.label}
            </PageLink>
          ) : (
            <button
              key={item.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              aria-disabled={item.disabled !== undefined || undefined}
              title={item.disabled}
              onClick={() => {
                if (item.disabled !== undefined) return;
                close();
                item.onSelect();
              }}
              className={cx(ITEM, item.danger && "text-(--crit-ink)", item.disabled !== undefined && "text-(--ink-3)")}
            >
              {item.label}
            </button>
          ),
        )}
      </div>
    </>
  );
}
