"use client";

import { useConnection } from "@/components/live/hooks";
import type { Connection } from "@/components/live/store";

const LOST = "Connection lost, showing the last known values.";

const WORDS: Record<Connection["state"], string | undefined> = {
  live: undefined,
  // The values in the page are as new as the page: nothing to worry about yet.
  connecting: undefined,
  silent: LOST,
  offline: `${LOST} Reconnecting…`,
  refused: LOST,
};

/** Quiet, and there as long as the page cannot vouch for what it shows. */
export function ConnectionBar() {
  const connection = useConnection();
  const words = WORDS[connection.state];
  return (
    // Always in the page: a live region must stand before its text comes.
    <div role="status" className={words ? "link-bar" : undefined}>
      {words && (
        <>
          <span>
            {words}
            {connection.state === "refused" && ` ${connection.message}`}
          </span>
          {connection.state === "refused" && (
            <button type="button" onClick={() => window.location.reload()}>
              Reload
            </button>
          )}
        </>
      )}
    </div>
  );
}
