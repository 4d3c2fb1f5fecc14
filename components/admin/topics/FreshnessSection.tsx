"use client";

import { Button, IconButton } from "@/components/ui/Button";
import { Disclosure } from "@/components/ui/Disclosure";
import { type Choice, NativeSelect } from "@/components/ui/Field";
import { Icon } from "@/components/ui/icons";
import { Card } from "../Card";
import { StaleFields } from "./DescribedFields";
import type { AvailabilityDraft, Draft } from "./draft";
import { At, useForm } from "./formContext";
import { TextFields, type TextSpec } from "./TextFields";

const AVAILABILITY: readonly TextSpec<AvailabilityDraft>[] = [
  {
    key: "filter",
    at: "filter",
    label: "Availability topic",
    hint: "Its last will, a bridge's state. {1} stands for what the wildcard matched.",
    placeholder: "plant/pump/lwt",
    mono: true,
    required: true,
    className: "col-span-full",
  },
  { key: "online", at: "online", label: "Says it is there", placeholder: "online", mono: true },
  { key: "offline", at: "offline", label: "Says it is gone", placeholder: "offline", mono: true },
  { key: "value", at: "value", label: "Path in the payload", placeholder: "$.state", mono: true },
];

const TIME: readonly TextSpec<Draft>[] = [
  {
    key: "time",
    at: "time",
    label: "Path of the device's own time",
    hint: "Seconds, milliseconds or ISO 8601. Empty: when the message arrived.",
    placeholder: "$.ts",
    mono: true,
  },
];

const QOS: readonly Choice<Draft["qos"]>[] = [
  { value: "", label: "As the server chooses" },
  { value: "0", label: "0, at most once" },
  { value: "1", label: "1, at least once" },
  { value: "2", label: "2, exactly once" },
];

/** Whom to believe about how fresh a value is. */
export function FreshnessSection() {
  const { draft, dispatch, readOnly } = useForm();
  const single = draft.availability.length === 1;
  return (
    <Card title="When it is old or gone">
      <div className="flex flex-col gap-5">
        <StaleFields place="all" value={draft.described} at="" />
        {draft.availability.map((item, i) => (
          <div key={item.row} className="flex items-start gap-3 rounded-control border border-line bg-page p-3">
            <div className="grid min-w-0 flex-1 gap-3 sm:grid-cols-3">
              <TextFields
                specs={AVAILABILITY}
                value={item}
                at={single ? "/availability" : `/availability/${i}`}
                onChange={(fields) => dispatch({ do: "setAvailability", row: item.row, fields })}
              />
            </div>
            {!readOnly && (
              <IconButton
                label={`Remove availability topic ${i + 1}`}
                onClick={() => dispatch({ do: "removeAvailability", row: item.row })}
                className="mt-6"
              >
                <Icon name="trash" />
              </IconButton>
            )}
          </div>
        ))}
        {!readOnly && draft.availability.length < 10 && (
          <Button size="s" className="self-start" onClick={() => dispatch({ do: "addAvailability" })}>
            <Icon name="plus" className="size-4" />
            Add an availability topic
          </Button>
        )}
        <Disclosure
          summary="Time and subscription"
          note={[draft.time, draft.qos && `QoS ${draft.qos}`].filter(Boolean).join(", ")}
        >
          <div className="grid gap-4 sm:grid-cols-2">
            <TextFields specs={TIME} value={draft} at="" onChange={(fields) => dispatch({ do: "set", fields })} />
            <At at="/qos" label="QoS of the subscription">
              <NativeSelect
                options={QOS}
                value={draft.qos}
                disabled={readOnly}
                onChange={(qos) => dispatch({ do: "set", fields: { qos } })}
              />
            </At>
          </div>
        </Disclosure>
      </div>
    </Card>
  );
}
