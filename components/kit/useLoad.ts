"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { ApiProblem, ApiResult } from "@/components/api";
import { leaveForLogin } from "./returnPath";

export type Load<T> =
  | { state: "loading" }
  | { state: "failed"; problem: ApiProblem }
  /** `stale`: a later refresh failed, and `value` is the last known one. */
  | { state: "ready"; value: T; stale: boolean };

/** Fetches at once, on `reload`, and every `refreshMs` while the page is visible. `fetch` must be stable. */
export function useLoad<T>(fetch: () => Promise<ApiResult<T>>, refreshMs?: number): [Load<T>, () => Promise<void>] {
  const [load, setLoad] = useState<Load<T>>({ state: "loading" });
  // Responses may arrive out of order: only that of the last request counts.
  const asked = useRef(0);

  const reload = useCallback(async () => {
    const mine = ++asked.current;
    const answer = await fetch();
    if (mine !== asked.current) return;
    // Signed out, perhaps in another window: nothing here may be shown any more.
    if (!answer.ok && answer.problem.status === 401)
      return leaveForLogin(window.location.pathname + window.location.search);
    setLoad((old) => {
      if (answer.ok) return { state: "ready", value: answer.value, stale: false };
      return old.state === "ready" ? { ...old, stale: true } : { state: "failed", problem: answer.problem };
    });
  }, [fetch]);

  useEffect(() => {
    void reload();
    if (refreshMs === undefined) return;
    const timer = setInterval(() => {
      if (!document.hidden) void reload();
    }, refreshMs);
    return () => {
      clearInterval(timer);
      asked.current++;
    };
  }, [reload, refreshMs]);

  return [load, reload];
}
