"use client";

import { useConnection } from "@/components/live/hooks";
import type { Connection } from "@/components/live/store";
import { type PlainKey, t } from "@/lib/texts/t";

const WORDS: Record<Connection["state"], PlainKey | undefined> = {
  live: undefined,
  // The values in the page are as new as the page: nothing to worry about yet.
  connecting: undefined,
  silent: "dashboard.connectionLost",
  offline: "dashboard.reconnecting",
  refused: "dashboard.connectionLost",
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
            {t(words)}
            {connection.state === "refused" && ` ${connection.message}`}
          </span>
          {connection.state === "refused" && (
            <button type="button" onClick={() => window.location.reload()}>
              {t("dashboard.reload")}
            </button>
          )}
        </>
      )}
    </div>
  );
}
