import { useEffect, useState } from "react";
import { type ApiProblem, call, serverNow } from "@/components/api";
import { clockText } from "@/components/kit/clockText";
import { useReader } from "@/components/kit/reader";
import { Banner } from "@/components/ui/Banner";
import { EmptyState } from "@/components/ui/EmptyState";
import { Loading } from "@/components/ui/Spinner";
import { TableHead } from "@/components/ui/TableHead";
import type { JournalOut } from "@/lib/api";
import { t } from "@/lib/texts/t";
import { peakText } from "./peakText";

const ROWS = 200;

/** What happened to alarms, newest first. */
export function Journal() {
  const [rows, setRows] = useState<JournalOut[]>();
  const [problem, setProblem] = useState<ApiProblem>();
  useEffect(() => {
    let gone = false;
    void call("GET /journal", { query: { limit: ROWS } }).then((answer) => {
      if (gone) return;
      if (answer.ok) setRows(answer.value);
      else setProblem(answer.problem);
    });
    return () => {
      gone = true;
    };
  }, []);
  if (problem)
    return (
      <Banner tone="critical" live>
        {problem.message}
      </Banner>
    );
  if (!rows) return <Loading>{t("kit.loading", { what: t("alarms.theJournal") })}</Loading>;
  if (rows.length === 0) return <EmptyState title={t("alarms.noJournal")}>{t("alarms.noJournalWhy")}</EmptyState>;
  return (
    <div className="overflow-x-auto rounded-tile border border-line bg-panel shadow-panel">
      <table className="w-full text-left text-[14px] max-md:block">
        <caption className="sr-only">{t("alarms.journal")}</caption>
        <TableHead
          titles={[t("alarms.when"), t("alarms.what"), t("alarms.change"), t("alarms.value"), t("alarms.who")]}
        />
        <tbody className="divide-y divide-line max-md:block">
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const CELL = "px-4 py-2 max-md:inline max-md:p-0 max-md:pr-2";

function Row({ row: { at, name, where, from, to, by, note, value } }: { row: JournalOut }) {
  const { locale } = useReader();
  return (
    <tr className="align-top max-md:block max-md:px-4 max-md:py-2.5">
      <td className={`${CELL} whitespace-nowrap text-ink-2 tabular-nums`}>
        <time dateTime={new Date(at).toISOString()}>{clockText(at, serverNow(), locale)}</time>
      </td>
      <td className={`${CELL} w-full break-words`}>{t("alarms.headline", { name, where })}</td>
      <td className={`${CELL} whitespace-nowrap`}>{changeText(from, to)}</td>
      <td className={`${CELL} whitespace-nowrap tabular-nums`}>{peakText({ peak: value ?? null }, locale)}</td>
      <td className={`${CELL} break-words text-ink-2 md:min-w-48`}>
        {by} {note && `“${note}”`}
      </td>
    </tr>
  );
}

function changeText(from: JournalOut["from"], to: JournalOut["to"]): string {
  if (from === "shelved") return t("alarms.unshelved");
  return from === "active" && to === "active" ? t("alarms.endedLatched") : t("alarms.transition", { to });
}
