"use client";

import { useEffect, useState } from "react";
import { t } from "@/lib/texts/t";

const mayLose = (): boolean => window.confirm(t("ui.leaveWithoutSaving"));
/** Longer than a browser takes for a step back on the same page. */
const STEP_LIMIT_MS = 1000;

/** How many forms hold unsaved changes: the first of them puts the guard up, the last takes it down, so that a person is asked once. */
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

/** For what leaves the page by script: asks where there are unsaved changes. */
export const mayLeave = (): boolean => holders === 0 || mayLose();

/**
 * Asks before unsaved changes are lost: by closing or reloading, where the browser asks by itself; by a link to another page of
 * Telltale, which leaves without a reload; and by Back or a phone's back gesture. A link with `data-discard` means it.
 */
export function useLeaveGuard(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    hold();
    return () => void release();
  }, [dirty]);
}

interface Unsaved {
  /** Something in the form changed. */
  touch(): void;
  /** It is stored. Whoever then goes to another page waits for this: until it is over the browser may be stepping back. */
  saved(): Promise<void>;
  /** Asked before a dialog closes. */
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
  // On the window and on the way down: before the router hears of it.
  window.addEventListener("click", ask, { capture: true });
  // Where Back leads to another document the browser would ask a second time.
  const endBack = guardBack(() => window.removeEventListener("beforeunload", hold));
  return () => {
    window.removeEventListener("beforeunload", hold);
    window.removeEventListener("click", ask, { capture: true });
    return endBack();
  };
}

/**
 * A step back cannot be refused, only noticed: so a second entry of the same page is put on the history, and Back takes that one first.
 * Returns the function that ends the guard, and takes that entry away where the person is still on the page.
 */
function guardBack(onLeave: () => void): () => Promise<void> {
  const url = window.location.href;
  // With the router's own state in it, the router takes the entry for what it is: the present page.
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

/** To an entry of the same page: nobody needs to hear of this step. */
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

/** Whether this click takes the present page to another one of Telltale. */
function leavesHere(event: MouseEvent): boolean {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
  if (!link || link.dataset.discard !== undefined || (link.target !== "" && link.target !== "_self")) return false;
  return link.origin === window.location.origin && link.pathname !== window.location.pathname;
}
