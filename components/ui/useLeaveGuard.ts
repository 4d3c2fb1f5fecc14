"use client";

import { useEffect, useState } from "react";
import { t } from "@/lib/texts/t";

const mayLose = (): boolean => window.confirm(t("ui.leaveWithoutSaving"));
/** A timeout, longer than a browser takes to go back on the same page. */
const STEP_LIMIT_MS = 1000;

/** The number of forms with unsaved changes. The first one adds the guard and the last one removes it, so that a person is asked once. */
let holders = 0;
let endGuard: (() => Promise<void>) | undefined;

function hold(): void {
  if (holders++ === 0) endGuard = putUpGuard();
}

async function release(): Promise<void> {
  if (--holders > 0) return;
  const end = endGuard;
  endGuard = undefined;
  await end?.();
}

/** For scripts that leave the page: asks if there are unsaved changes. */
export const mayLeave = (): boolean => holders === 0 || mayLose();

/**
 * Asks before unsaved changes are lost: on closing or reloading, where the browser asks itself; on a link to another page of Telltale,
 * which does not reload; and on Back or a phone's back gesture. A link with `data-discard` does not ask.
 */
export function useLeaveGuard(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    hold();
    return () => void release();
  }, [dirty]);
}

interface Unsaved {
  /** Called when something in the form changes. */
  touch(): void;
  /** Called when the changes are stored. Await it before going to another page: until then the browser may be going back. */
  saved(): Promise<void>;
  /** For a dialog's `mayClose`. */
  mayClose(): boolean;
}

/** The guard of one form. */
export function useUnsaved(): Unsaved {
  const [form] = useState(createUnsaved);
  useEffect(() => () => void form.saved(), [form]);
  return form;
}

function createUnsaved(): Unsaved {
  let held = false;
  return {
    touch() {
      if (!held) hold();
      held = true;
    },
    async saved() {
      if (!held) return;
      held = false;
      await release();
    },
    mayClose: () => !held || mayLose(),
  };
}

function putUpGuard(): () => Promise<void> {
  const hold = (event: BeforeUnloadEvent) => event.preventDefault();
  const ask = (event: MouseEvent) => {
    if (!leavesHere(event) || mayLose()) return;
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener("beforeunload", hold);
  // On the window in the capture phase: before the router gets the event.
  window.addEventListener("click", ask, { capture: true });
  // Where Back leads to another document, the browser must not ask a second time.
  const endBack = guardBack(() => window.removeEventListener("beforeunload", hold));
  return () => {
    window.removeEventListener("beforeunload", hold);
    window.removeEventListener("click", ask, { capture: true });
    return endBack();
  };
}

/**
 * Going back cannot be prevented, only noticed. So the same page is pushed to the history a second time, and Back returns to the first
 * entry. Returns the function that ends the guard and removes that entry if the person is still on the page.
 */
function guardBack(onLeave: () => void): () => Promise<void> {
  const url = window.location.href;
  // With the router's own state, the router treats the entry as the current page.
  const { state } = window.history;
  let entries = 0;
  let onTop = false;
  const push = () => {
    window.history.pushState(state, "", url);
    entries = window.history.length;
    onTop = true;
  };
  const onBack = (event: PopStateEvent) => {
    onTop = false;
    if (!mayLose()) {
      event.stopImmediatePropagation();
      return push();
    }
    window.removeEventListener("popstate", onBack, { capture: true });
    onLeave();
    if (window.location.href !== url) return;
    event.stopImmediatePropagation();
    window.history.back();
  };
  push();
  window.addEventListener("popstate", onBack, { capture: true });
  return async () => {
    window.removeEventListener("popstate", onBack, { capture: true });
    if (onTop && window.location.href === url && window.history.length === entries) await stepBack();
  };
}

/** Goes back to the entry of the same page; no other listener gets this event. */
const stepBack = (): Promise<void> =>
  new Promise((resolve) => {
    const over = () => {
      clearTimeout(late);
      window.removeEventListener("popstate", hush, { capture: true });
      resolve();
    };
    const hush = (event: PopStateEvent) => {
      event.stopImmediatePropagation();
      over();
    };
    const late = setTimeout(over, STEP_LIMIT_MS);
    window.addEventListener("popstate", hush, { capture: true });
    window.history.back();
  });

/** Whether this click leads to another page of Telltale. */
function leavesHere(event: MouseEvent): boolean {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
  if (!link || link.dataset.discard !== undefined || (link.target !== "" && link.target !== "_self")) return false;
  return link.origin === window.location.origin && link.pathname !== window.location.pathname;
}
