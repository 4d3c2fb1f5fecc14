"use client";

import { useEffect, useState } from "react";

const QUESTION = "Leave without saving? What you changed here is lost.";
/** After a save the router may be on its way to another page: a step back in between would undo that instead. */
const SETTLE_MS = 300;

/** How many forms hold unsaved changes: the first of them puts the guard up, the last takes it down, so that a person is asked once. */
let holders = 0;
let endGuard: (() => void) | undefined;

/** For what leaves the page by script: asks where there are unsaved changes. */
export const mayLeave = (): boolean => holders === 0 || window.confirm(QUESTION);

/**
 * Asks before unsaved changes are lost: by closing or reloading, where the browser asks by itself; by a link to another page of
 * Telltale, which leaves without a reload; and by Back or a phone's back gesture. A link with `data-discard` means it.
 */
export function useLeaveGuard(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    if (holders++ === 0) endGuard = putUpGuard();
    return () => {
      if (--holders > 0) return;
      endGuard?.();
      endGuard = undefined;
    };
  }, [dirty]);
}

/** The guard of one form: `touch` when something in it changes, `saved` when that is stored; a dialog asks `mayClose`. */
export function useUnsaved(): { touch: () => void; saved: () => void; mayClose: () => boolean } {
  const [dirty, setDirty] = useState(false);
  useLeaveGuard(dirty);
  return {
    touch: () => setDirty(true),
    saved: () => setDirty(false),
    mayClose: () => !dirty || window.confirm(QUESTION),
  };
}

function putUpGuard(): () => void {
  const hold = (event: BeforeUnloadEvent) => event.preventDefault();
  const ask = (event: MouseEvent) => {
    if (!leavesHere(event) || window.confirm(QUESTION)) return;
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
    endBack();
  };
}

/**
 * A step back cannot be refused, only noticed: so a second entry of the same page is put on the history, and Back takes that one first.
 * Returns the function that ends the guard.
 */
function guardBack(onLeave: () => void): () => void {
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
    if (!window.confirm(QUESTION)) {
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
  return () => {
    window.removeEventListener("popstate", onBack, { capture: true });
    const left = () => {
      onTop = false;
    };
    window.addEventListener("popstate", left, { capture: true });
    setTimeout(() => {
      window.removeEventListener("popstate", left, { capture: true });
      if (!onTop || window.location.href !== url || window.history.length !== entries) return;
      // The page is the same before and after: nobody needs to hear of this step.
      window.addEventListener("popstate", (event) => event.stopImmediatePropagation(), { capture: true, once: true });
      window.history.back();
    }, SETTLE_MS);
  };
}

/** Whether this click takes the present page to another one of Telltale. */
function leavesHere(event: MouseEvent): boolean {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
  if (!link || link.dataset.discard !== undefined || (link.target !== "" && link.target !== "_self")) return false;
  return link.origin === window.location.origin && link.pathname !== window.location.pathname;
}
