"use client";

import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { leaveForLogin } from "@/components/kit/returnPath";
import { ViewOnlyProvider } from "@/components/kit/viewOnly";
import { LiveProvider } from "@/components/live/LiveProvider";
import { ShellLink } from "@/components/shell/ShellLink";
import type { Snapshot, View } from "@/lib/protocol";

/** Makes a page live: first values from the server, then from the socket. Another view needs another `key`. */
export function LiveView({ view, snapshot, children }: { view: View; snapshot: Snapshot; children: ReactNode }) {
  const pathname = usePathname();
  // When the server renders the page again, the page keeps the view that it has.
  const [firstView] = useState(view);
  const refreshSoon = useRefreshSoon();
  return (
    <LiveProvider
      view={firstView}
      snapshot={snapshot}
      onSignedOut={() => leaveForLogin(pathname)}
      onCatalogChanged={refreshSoon}
    >
      <ShellLink />
      <ViewOnlyProvider>{children}</ViewOnlyProvider>
    </LiveProvider>
  );
}

/** A delay, because a person who deletes a dashboard is still on its page when the event arrives, and leaves it right away. */
const LEAVE_MS = 500;

/** Refreshes navigation and page, once for several changes, and not at all if the page was left meanwhile. */
function useRefreshSoon(): () => void {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => router.refresh(), LEAVE_MS);
  }, [router]);
}
