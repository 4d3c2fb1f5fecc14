"use client";

import { type DragEvent, useId, useState } from "react";
import { Card } from "@/components/kit/Card";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { cx } from "@/components/ui/cx";
import { Disclosure } from "@/components/ui/Disclosure";
import { rich } from "@/components/ui/rich";
import { useLeaveGuard } from "@/components/ui/useLeaveGuard";
import type { ImportOut } from "@/lib/api";
import { t } from "@/lib/texts/t";
import { timeFormat } from "@/lib/units/time";
import { bytesText, wholeText } from "./amounts";
import { type Import, type ImportState, useImport } from "./useImport";

const when = timeFormat({ dateStyle: "medium", timeStyle: "short" });
const EXAMPLE = "point,time,value\nboiler-temp,2026-01-31T06:00:00Z,61.5\nboiler-temp,1769839260000,61.7";

/** Imports history from a file: first a check of the file, then the import of its valid rows. */
export function ImportCard() {
  const flow = useImport();
  useLeaveGuard(flow.state.step === "import");
  const Body = STEPS[flow.state.step];
  return (
    <Card title={t("data.importHistory")} note={t("data.importNote")}>
      <div aria-live="polite">
        <Body flow={flow} state={flow.state} />
      </div>
    </Card>
  );
}

interface BodyProps {
  flow: Import;
  state: ImportState;
}

function Choose({ flow }: BodyProps) {
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) flow.look(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <div className="flex flex-col gap-4">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a second way; the field inside is the first */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cx(
          "flex flex-col items-start gap-2 rounded-control border border-dashed p-4",
          over ? "border-accent bg-well" : "border-line",
        )}
      >
        <label htmlFor={id} className="text-sm font-medium">
          {t("data.csvFile")}
        </label>
        <input
          id={id}
          type="file"
          accept=".csv,text/csv"
          onChange={(event) => take(event.target.files)}
          className="max-w-full text-sm file:mr-3 file:min-h-10 file:cursor-pointer file:rounded-control file:border file:border-line file:bg-raised file:px-4 file:font-medium file:text-ink"
        />
        <p className="text-xs text-ink-3 max-md:hidden">{t("data.dropHere")}</p>
      </div>
      <Disclosure summary={t("data.fileFormat")}>
        <pre className="overflow-x-auto rounded-[7px] bg-well p-3 text-xs">{EXAMPLE}</pre>
        <p className="mt-2 text-sm text-ink-2">{t("data.fileFormatWhat")}</p>
      </Disclosure>
    </div>
  );
}

function Running({ flow, state }: BodyProps) {
  if (state.step !== "look" && state.step !== "import") return null;
  const { file, sent, step } = state;
  const done = Math.round(sent * 100);
  const what = step === "look" ? t("data.checking") : t("data.importing");
  return (
    <div className="flex flex-col gap-3">
      <p className="break-words">
        {what} <strong>{file.name}</strong> ({bytesText(file.size)}) … {done} %
      </p>
      <progress value={sent} max={1} aria-label={`${what} ${file.name}`} className="h-2 w-full accent-(--accent)" />
      <Button className="self-start" onClick={flow.stop}>
        {t("data.stop")}
      </Button>
    </div>
  );
}

function Looked({ flow, state }: BodyProps) {
  if (state.step !== "looked") return null;
  const { file, report } = state;
  const fits = report.rows - report.refused;
  return (
    <div className="flex flex-col gap-4">
      <p className="break-words">
        <strong>{file.name}</strong>: {spanText(report, fits)}
      </p>
      <Refused report={report} />
      <div className="flex flex-wrap gap-2">
        {fits > 0 && (
          <Button variant="primary" onClick={flow.add}>
            {t("data.importReadings", { count: fits, n: wholeText(fits) })}
          </Button>
        )}
        <Button onClick={flow.clear}>{t("data.anotherFile")}</Button>
      </div>
    </div>
  );
}

function spanText({ rows, points, from, to }: ImportOut, fits: number): string {
  if (rows === 0) return t("data.noReadings");
  if (fits === 0 || from === null || to === null) return t("data.noneFits", { count: rows, n: wholeText(rows) });
  return t("data.readingsFit", {
    readings: t("data.readings", { count: fits, n: wholeText(fits) }),
    points: t("data.points", { count: points, n: wholeText(points) }),
    from: when.format(from),
    to: when.format(to),
  });
}

function Done({ flow, state }: BodyProps) {
  if (state.step !== "done") return null;
  const { file, report } = state;
  return (
    <div className="flex flex-col gap-4">
      <p className="break-words">
        {rich("data.imported", {
          file: <strong>{file.name}</strong>,
          what: [
            t("data.added", { count: report.added, n: wholeText(report.added) }),
            report.known > 0 && t("data.alreadyStored", { count: report.known, n: wholeText(report.known) }),
            report.refused > 0 && t("data.refused", { count: report.refused, n: wholeText(report.refused) }),
          ]
            .filter(Boolean)
            .join(", "),
        })}
      </p>
      <Refused report={report} />
      <Button className="self-start" onClick={flow.clear}>
        {t("data.anotherFile")}
      </Button>
    </div>
  );
}

function Failed({ flow, state }: BodyProps) {
  if (state.step !== "failed") return null;
  const { file, began, message } = state;
  return (
    <div className="flex flex-col gap-4">
      <Banner tone="critical" live>
        {rich(began ? "data.notImported" : "data.notRead", { file: <strong>{file.name}</strong>, message })}
        {began && t("data.keptSoFar")}
      </Banner>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" onClick={() => flow.look(file)}>
          {t("ui.tryAgain")}
        </Button>
        {began && <ButtonLink href="/admin/audit">{t("data.audit")}</ButtonLink>}
        <Button onClick={flow.clear}>{t("data.anotherFile")}</Button>
      </div>
    </div>
  );
}

/** The refused rows with their reasons. Unknown points come first, since one registration fixes all of their rows. */
function Refused({ report: { refused, reasons, unknown } }: { report: ImportOut }) {
  if (refused === 0) return null;
  return (
    <div className="flex flex-col gap-3 rounded-control border border-warn bg-warn-wash p-3 text-sm">
      <p className="font-medium text-warn-ink">{t("data.skipped", { count: refused, n: wholeText(refused) })}</p>
      {unknown.length > 0 && (
        <div>
          <p>{t("data.unknownPoints")}</p>
          <ul className="mt-1 list-disc pl-5">
            {unknown.slice(0, 10).map(({ point, rows }) => (
              <li key={point} className="break-all">
                <code>{point}</code> ({t("data.lines", { count: rows, n: wholeText(rows) })})
              </li>
            ))}
          </ul>
          {unknown.length > 10 && <p>{t("data.andMore", { n: wholeText(unknown.length - 10) })}</p>}
        </div>
      )}
      <Disclosure
        summary={reasons.length < refused ? t("data.firstLines", { count: reasons.length }) : t("data.lineByLine")}
      >
        <ol className="max-h-72 overflow-y-auto" aria-label={t("data.badLines")}>
          {reasons.map(({ line, reason }) => (
            <li key={`${line} ${reason}`} className="break-words">
              {t("data.lineFault", { line, reason })}
            </li>
          ))}
        </ol>
      </Disclosure>
    </div>
  );
}

/** What each step of an import shows. */
export const STEPS: Record<ImportState["step"], (props: BodyProps) => React.ReactNode> = {
  choose: Choose,
  look: Running,
  looked: Looked,
  import: Running,
  done: Done,
  failed: Failed,
};
