"use client";

import { Disclosure } from "@/components/ui/Disclosure";
import { type Choice, NativeSelect } from "@/components/ui/Field";
import type { HistoryDraft } from "../draft/draft";
import type { InputProps } from "./FieldList";
import { At, useForm } from "./formContext";
import { TextFields, type TextSpec } from "./TextFields";

const KEEPS: readonly Choice<HistoryDraft["keep"]>[] = [
  { value: "every", label: "Every reading" },
  { value: "change", label: "Changes only" },
  { value: "atMost", label: "At most one per interval" },
  { value: "nothing", label: "Nothing" },
];

const OF_KEEP: Record<HistoryDraft["keep"], readonly TextSpec<HistoryDraft>[]> = {
  every: [],
  change: [
    {
      key: "deadband",
      at: "deadband",
      label: "Deadband",
      hint: "A number is stored when it differs from the last stored one by more than this.",
      number: "positive",
      placeholder: "0",
    },
  ],
  atMost: [{ key: "atMost", at: "keep", label: "Interval", placeholder: "10s, 1 min", required: true }],
  nothing: [],
};

const FOR_HOW_LONG: readonly TextSpec<HistoryDraft>[] = [
  { key: "raw", at: "raw", label: "Raw readings", placeholder: "30d" },
  { key: "minute", at: "rollups/1m", label: "Roll-ups of 1 minute", placeholder: "180d" },
  { key: "quarter", at: "rollups/15m", label: "Roll-ups of 15 minutes", placeholder: "730d" },
  { key: "long", at: "rollups/6h", label: "Roll-ups of 6 hours", placeholder: "3650d" },
];

/** What of the readings is kept, and for how long. */
export function HistoryInput({ at, value: history, onChange }: InputProps<HistoryDraft>) {
  const { readOnly } = useForm();
  const change = (fields: Partial<HistoryDraft>) => onChange({ ...history, ...fields });
  const spans = [history.raw, history.minute, history.quarter, history.long].filter(Boolean);
  return (
    <div className="flex flex-col gap-3">
      <div className="grid gap-4 sm:grid-cols-2">
        <At at={at} label="Store">
          <NativeSelect
            options={KEEPS}
            value={history.keep}
            disabled={readOnly}
            onChange={(keep) => change({ keep })}
          />
        </At>
        <TextFields specs={OF_KEEP[history.keep]} value={history} at={at} onChange={change} />
      </div>
      {history.keep !== "nothing" && (
        <Disclosure summary="Retention" note={spans.length > 0 ? spans.join(", ") : "server default"}>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextFields specs={FOR_HOW_LONG} value={history} at={at} onChange={change} />
          </div>
        </Disclosure>
      )}
    </div>
  );
}
