"use client";

import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { leaveForLogin } from "@/components/kit/returnPath";
import { ViewOnlyProvider } from "@/components/kit/viewOnly";
import { LiveProvider } from "@/components/live/LiveProvider";
import { ShellLink } from "@/components/shell/ShellLink";
import type { Snapshot, View } from "@/lib/protocol";

/** A live page around its view: first values from the server, the socket from then on. Another view has another `key`. */
export function LiveView({ view, snapshot, children }: { view: View; snapshot: Snapshot; children: ReactNode }) {
  const pathname = usePathname();
  // Drawn anew, the page goes on from what it watches now.
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

/** Whoever deletes a dashboard is still on its page when the news comes back, and leaves it right away. */
const LEAVE_MS = 500;

/** Draws navigation and page anew, once for several changes; not at all where the page was left meanwhile. */
function useRefreshSoon(): () => void {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => router.refresh(), LEAVE_MS);
  }, [router]);
}
