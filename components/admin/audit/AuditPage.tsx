"use client";

import { useCallback, useEffect, useState } from "react";
import { type ApiProblem, call } from "@/components/api";
import { Page } from "@/components/kit/Page";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { Loading } from "@/components/ui/Spinner";
import { TableHead } from "@/components/ui/TableHead";
import type { AuditEntry } from "@/lib/api";
import { t } from "@/lib/texts/t";
import { timeFormat } from "@/lib/units/time";
import { actorText, auditSentence } from "./sentence";

const PAGE = 50;

const when = timeFormat({ dateStyle: "medium", timeStyle: "medium" });

/** The audit trail, newest first: every command and every change of the configuration. */
export function AuditPage() {
  const [entries, setEntries] = useState<AuditEntry[]>();
  const [more, setMore] = useState(true);
  const [busy, setBusy] = useState(true);
  const [problem, setProblem] = useState<ApiProblem>();

  const load = useCallback(async (before: number | undefined) => {
    setBusy(true);
    const answer = await call("GET /audit", { query: { limit: PAGE, before } });
    setBusy(false);
    if (!answer.ok) return setProblem(answer.problem);
    setProblem(undefined);
    setEntries((old) => (before === undefined ? answer.value : [...(old ?? []), ...answer.value]));
    setMore(answer.value.length === PAGE);
  }, []);
  useEffect(() => void load(undefined), [load]);

  return (
    <Page
      title={t("audit.audit")}
      actions={
        <Button busy={busy} onClick={() => void load(undefined)}>
          {t("audit.refresh")}
        </Button>
      }
    >
      {problem && (
        <Banner tone="critical" live className="mb-3">
          {problem.message}
        </Banner>
      )}
      {!entries && busy && <Loading>{t("audit.loadingAuditTrail")}</Loading>}
      {entries?.length === 0 && <EmptyState title={t("audit.noEntriesYet")}>{t("audit.noEntriesWhy")}</EmptyState>}
      {entries && entries.length > 0 && <Trail entries={entries} />}
      {entries && entries.length > 0 && more && (
        <Button className="mt-4" busy={busy} onClick={() => void load(entries.at(-1)?.id)}>
          {t("audit.showOlderEntries")}
        </Button>
      )}
    </Page>
  );
}

function Trail({ entries }: { entries: AuditEntry[] }) {
  return (
    <div className="overflow-x-auto rounded-tile border border-line bg-panel shadow-panel">
      <table className="w-full text-left text-[14px] max-md:block">
        <caption className="sr-only">{t("audit.caption")}</caption>
        <TableHead titles={[t("audit.when"), t("audit.what"), t("audit.from")]} />
        <tbody className="divide-y divide-line max-md:block">
          {entries.map((entry) => (
            <tr key={entry.id} className="align-top max-md:block max-md:px-4 max-md:py-2.5">
              <td className="px-4 py-2.5 whitespace-nowrap text-ink-2 tabular-nums max-md:block max-md:p-0 max-md:text-sm">
                <time dateTime={new Date(entry.at).toISOString()}>{when.format(entry.at)}</time>
              </td>
              <td className="w-full px-4 py-2.5 break-words max-md:block max-md:p-0">
                <span className="font-medium">{actorText(entry.actor)}</span> {auditSentence(entry)}
                {Object.keys(entry.detail).length > 0 && (
                  <details className="mt-0.5">
                    <summary className="inline-block cursor-pointer py-1 text-xs pointer-coarse:py-2.5 text-ink-3 hover:text-ink">
                      {t("audit.details")}
                    </summary>
                    <pre className="mt-1 max-h-72 overflow-auto rounded-[7px] bg-well p-2 text-xs break-all whitespace-pre-wrap">
                      {JSON.stringify(entry.detail, null, 2)}
                    </pre>
                  </details>
                )}
              </td>
              <td className="px-4 py-2.5 whitespace-nowrap text-ink-3 max-md:block max-md:p-0 max-md:text-xs">
                {entry.address ?? "–"}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
