"use client";

import { type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";
import { t } from "@/lib/texts/t";
import { Button, IconButton } from "./Button";
import { cx } from "./cx";
import { Icon } from "./icons";

export interface DialogProps {
  open: boolean;
  /** Called on Escape, the close button or a press outside the dialog. */
  onClose: () => void;
  /** Called before it closes; false keeps it open, for example when changes are unsaved. Buttons of the footer do not call it. */
  mayClose?: () => boolean;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  /** `m` for a question or a short form, `l` for a form with two columns or a chart, `side` for a sheet at the right edge. */
  size?: "m" | "l" | "side";
}

/** The element that the dialog marks, else the first text field. Radios and checkboxes are not worth the initial focus. */
const AUTOFOCUS =
  "[data-autofocus], input:not([type=radio], [type=checkbox], [type=file], [type=range]), select, textarea";

/**
 * A modal dialog with the native element: the browser traps and restores focus, makes the rest inert and handles Escape, so live pages
 * load no library for it. On a phone it is a sheet at the lower edge.
 */
export function Dialog({ open, onClose, mayClose, title, description, children, footer, size = "m" }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const descriptionId = useId();

  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!open || !dialog) return;
    if (!dialog.open) dialog.showModal();
    // React's autoFocus runs too early (the dialog is not open yet), and the browser would focus the close button. Without scrolling:
    // the phone's sheet "More" used to open scrolled to the theme's radios at its end.
    dialog.querySelector<HTMLElement>(AUTOFOCUS)?.focus({ preventScroll: true });
    // Closed before it leaves the document: only then does the browser restore the focus.
    return () => dialog.close();
  }, [open]);

  if (!open) return null;
  const close = () => {
    if (!mayClose || mayClose()) onClose();
  };
  return (
    // The keyboard's way to close is Escape, which arrives as onCancel.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      aria-describedby={description ? descriptionId : undefined}
      onCancel={(event) => {
        // A file input's or a nested dialog's cancel bubbles up here. Chromium lets a page refuse Escape once, then closes anyway.
        if (event.target !== event.currentTarget || !event.cancelable) return;
        event.preventDefault();
        close();
      }}
      onClose={(event) => {
        if (event.target !== event.currentTarget) return;
        if (mayClose && !mayClose()) event.currentTarget.showModal();
        else onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) close();
      }}
      className={cx(
        "w-full overflow-clip border border-(--line) bg-(--panel) p-0 text-(--ink)",
        "shadow-[0_12px_48px_oklch(0_0_0/0.28)] backdrop:bg-[oklch(0.15_0.02_255/0.5)]",
        size === "side"
          ? "m-0 ml-auto h-dvh max-h-none max-sm:mt-auto max-sm:h-auto max-sm:max-h-[92dvh] max-sm:rounded-t-(--radius) starting:translate-x-4"
          : "m-auto max-h-[min(92dvh,60rem)] rounded-(--radius) starting:translate-y-2",
        "max-sm:mb-0 max-sm:max-w-none max-sm:rounded-b-none max-sm:pb-[env(safe-area-inset-bottom)]",
        "motion-safe:transition-[opacity,translate] motion-safe:duration-(--quick) starting:opacity-0",
        size === "l" ? "max-w-3xl" : "max-w-lg",
      )}
    >
      {/* The inner box receives every press inside the dialog, so a press on the dialog itself is outside. */}
      <div className="flex max-h-[inherit] flex-col">
        <header className="flex items-start gap-3 px-5 pt-4 pb-3">
          <div className="min-w-0 flex-1">
            <h2 id={titleId} className="text-(length:--text-l) font-semibold break-words">
              {title}
            </h2>
            {description && (
              <div id={descriptionId} className="mt-1 text-[14px] text-(--ink-2)">
                {description}
              </div>
            )}
          </div>
          <IconButton label={t("ui.close")} onClick={close} className="-mt-1 -mr-2">
            <Icon name="close" />
          </IconButton>
        </header>
        {children && <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">{children}</div>}
        {footer && (
          <footer className="flex flex-wrap justify-end gap-2 border-t border-(--line) px-5 py-3">{footer}</footer>
        )}
      </div>
    </dialog>
  );
}

export interface ConfirmDialogProps {
  open: boolean;
  title: string;
  /** What will happen, and to what. */
  children?: ReactNode;
  /** The action as a verb: "Delete", "Switch off". */
  action: string;
  danger?: boolean;
  /** Why the action failed; the person can try again. */
  fault?: string;
  onCancel: () => void;
  /** While its promise is pending the dialog is busy; the caller closes it. */
  onConfirm: () => void | Promise<void>;
}

/** Asks before an action. The initial focus is on Cancel (`data-autofocus`), so that Enter alone does no harm. */
export function ConfirmDialog({
  open,
  title,
  children,
  action,
  danger = false,
  fault,
  onCancel,
  onConfirm,
}: ConfirmDialogProps) {
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    try {
      await onConfirm();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={open}
      onClose={onCancel}
      title={title}
      footer={
        <>
          <Button onClick={onCancel} data-autofocus>
            {t("ui.cancel")}
          </Button>
          <Button variant={danger ? "danger" : "primary"} busy={busy} onClick={() => void confirm()}>
            {action}
          </Button>
        </>
      }
    >
      {(children || fault) && (
        <div className="text-(--ink-2)">
          {children}
          {fault && (
            <p role="alert" className="mt-3 font-medium text-crit-ink">
              {fault}
            </p>
          )}
        </div>
      )}
    </Dialog>
  );
}
