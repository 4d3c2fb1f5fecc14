"use client";

import { Disclosure } from "@/components/ui/Disclosure";
import { NativeSelect } from "@/components/ui/Field";
import type { Choice } from "@/lib/registration/control";
import { t } from "@/lib/texts/t";
import type { HistoryDraft } from "../draft/draft";
import { shownChoices } from "./entryTexts";
import type { InputProps } from "./FieldList";
import { At, useForm } from "./formContext";
import { TextFields, type TextSpec } from "./TextFields";

const KEEPS: readonly Choice<HistoryDraft["keep"]>[] = [
  { value: "every", label: "registration.keepEvery" },
  { value: "change", label: "registration.keepChanges" },
  { value: "atMost", label: "registration.keepAtMost" },
  { value: "nothing", label: "registration.keepNothing" },
];

const OF_KEEP: Record<HistoryDraft["keep"], readonly TextSpec<HistoryDraft>[]> = {
  every: [],
  change: [
    {
      key: "deadband",
      at: "deadband",
      label: "registration.deadband",
      hint: "registration.deadbandHelp",
      number: "positive",
      placeholder: "0",
    },
  ],
  atMost: [{ key: "atMost", at: "keep", label: "registration.interval", placeholder: "10s, 1 min", required: true }],
  nothing: [],
};

const FOR_HOW_LONG: readonly TextSpec<HistoryDraft>[] = [
  { key: "raw", at: "raw", label: "registration.rawReadings", placeholder: "30d" },
  { key: "minute", at: "rollups/1m", label: "registration.rollups1m", placeholder: "180d" },
  { key: "quarter", at: "rollups/15m", label: "registration.rollups15m", placeholder: "730d" },
  { key: "long", at: "rollups/6h", label: "registration.rollups6h", placeholder: "3650d" },
];

/** Which readings are recorded, and for how long. */
export function HistoryInput({ at, value: history, onChange }: InputProps<HistoryDraft>) {
  const { readOnly } = useForm();
  const change = (fields: Partial<HistoryDraft>) => onChange({ ...history, ...fields });
  const spans = [history.raw, history.minute, history.quarter, history.long].filter(Boolean);
  return (
    <div className="flex flex-col gap-3">
      <div className="grid gap-4 sm:grid-cols-2">
        <At at={at} label={t("registration.store")}>
          <NativeSelect
            options={shownChoices(KEEPS)}
            value={history.keep}
            disabled={readOnly}
            onChange={(keep) => change({ keep })}
          />
        </At>
        <TextFields specs={OF_KEEP[history.keep]} value={history} at={at} onChange={change} />
      </div>
      {history.keep !== "nothing" && (
        <Disclosure
          summary={t("registration.retention")}
          note={spans.length > 0 ? spans.join(", ") : t("registration.serverDefault")}
        >
          <div className="grid gap-4 sm:grid-cols-2">
            <TextFields specs={FOR_HOW_LONG} value={history} at={at} onChange={change} />
          </div>
        </Disclosure>
      )}
    </div>
  );
}
