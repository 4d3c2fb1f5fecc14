"use client";

import { usePathname, useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { LiveProvider } from "@/components/live/LiveProvider";
import { loginPath } from "@/components/shell/returnPath";
import { ShellLink } from "@/components/shell/ShellLink";
import type { Snapshot, View } from "@/lib/protocol";
import { type Reader, ReaderContext } from "../tiles/shared/reader";

/** A live page around its view: first values from the server, the socket from then on, and who reads it. */
export function LiveView({
  view,
  snapshot,
  reader,
  children,
}: {
  view: View;
  snapshot: Snapshot;
  reader: Reader;
  children: ReactNode;
}) {
  const router = useRouter();
  const pathname = usePathname();
  return (
    <ReaderContext value={reader}>
      <LiveProvider
        view={view}
        snapshot={snapshot}
        // A whole new document: nothing of what the person could see stays in memory.
        onSignedOut={() => window.location.assign(loginPath(pathname))}
        onCatalogChanged={() => router.refresh()}
      >
        <ShellLink />
        {children}
      </LiveProvider>
    </ReaderContext>
  );
}
