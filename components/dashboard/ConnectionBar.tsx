"use client";

import { useConnection } from "@/components/live/hooks";
import type { Connection } from "@/components/live/store";
import { inWords } from "@/lib/texts/said";
import { type PlainKey, t } from "@/lib/texts/t";

const WORDS: Record<Connection["state"], PlainKey | undefined> = {
  live: undefined,
  // The values are as new as the page itself, so nothing is shown yet.
  connecting: undefined,
  silent: "dashboard.connectionLost",
  offline: "dashboard.reconnecting",
  refused: "dashboard.connectionLost",
};

/** Shown as long as the page has no live connection and its values may be out of date. */
export function ConnectionBar() {
  const connection = useConnection();
  const words = WORDS[connection.state];
  return (
    // Always in the page: a live region must exist before its text appears.
    <div role="status" className={words ? "link-bar" : undefined}>
      {words && (
        <>
          <span>
            {t(words)}
            {connection.state === "refused" && ` ${inWords(connection.message)}`}
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
