"use client";

import { type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";
import { t } from "@/lib/texts/t";
import { Button, IconButton } from "./Button";
import { cx } from "./cx";
import { Icon } from "./icons";

export interface DialogProps {
  open: boolean;
  /** Asked for by Escape, the close button or a press beside the dialog. */
  onClose: () => void;
  /** Asked before: false keeps it open, as where unsaved changes would be lost. A button of the footer closes unasked. */
  mayClose?: () => boolean;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  /** `m` for a question or a short form, `l` for a form with two columns or a chart. */
  size?: "m" | "l";
}

/** What the dialog says itself, else the first field for typing. A radio or a checkbox is not what a dialog is opened for. */
const AUTOFOCUS =
  "[data-autofocus], input:not([type=radio], [type=checkbox], [type=file], [type=range]), select, textarea";

/**
 * A modal dialog on the native element: the browser keeps focus inside, makes the rest inert, hears Escape and gives focus back,
 * so it costs the live pages no kit. On a phone it rises from the lower edge.
 */
export function Dialog({ open, onClose, mayClose, title, description, children, footer, size = "m" }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const descriptionId = useId();

  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!open || !dialog) return;
    if (!dialog.open) dialog.showModal();
    // React's autoFocus comes too early (the dialog is not shown yet) and the browser would choose the close button. Only a field at
    // the top is worth it: the phone's "More" was scrolled to the theme's radios at its end, its title and first lines out of reach.
    dialog.querySelector<HTMLElement>(AUTOFOCUS)?.focus({ preventScroll: true });
    // Closed before it leaves the document: only then does the browser give focus back.
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
        "m-auto w-full max-h-[min(92dvh,60rem)] overflow-clip rounded-(--radius) border border-(--line) bg-(--panel) p-0 text-(--ink)",
        "shadow-[0_12px_48px_oklch(0_0_0/0.28)] backdrop:bg-[oklch(0.15_0.02_255/0.5)]",
        "max-sm:mb-0 max-sm:max-w-none max-sm:rounded-b-none max-sm:pb-[env(safe-area-inset-bottom)]",
        "motion-safe:transition-[opacity,translate] motion-safe:duration-(--quick) starting:opacity-0 starting:translate-y-2",
        size === "m" ? "max-w-lg" : "max-w-3xl",
      )}
    >
      {/* The inner box takes every press that is not beside the dialog. */}
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
  /** The deed itself, as a verb: "Delete", "Switch off". */
  action: string;
  danger?: boolean;
  /** Why the act failed, so that it can be tried again. */
  fault?: string;
  onCancel: () => void;
  /** While its promise runs the dialog stays, busy; the caller closes it. */
  onConfirm: () => void | Promise<void>;
}

/** A question before an act. Focus starts on Cancel (`data-autofocus`), so that Enter alone does no harm. */
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
