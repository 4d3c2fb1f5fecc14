"use client";

import { Button, IconButton } from "@/components/ui/Button";
import { Disclosure } from "@/components/ui/Disclosure";
import { Checkbox, type Choice, NativeSelect } from "@/components/ui/Field";
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
  {
    key: "jinja",
    at: "jinja",
    label: "Or a Jinja template",
    placeholder: "{{ value_json.state }}",
    mono: true,
    className: "sm:col-span-2",
    lines: true,
  },
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

const MODES: readonly Choice<Draft["availabilityMode"]>[] = [
  { value: "all", label: "All say so" },
  { value: "any", label: "Any says so" },
  { value: "latest", label: "The latest word says so" },
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
        {!single && draft.availability.length > 0 && (
          <At at="/availabilityMode" label="It counts as there when" className="max-w-xs">
            <NativeSelect
              options={MODES}
              value={draft.availabilityMode}
              disabled={readOnly}
              onChange={(availabilityMode) => dispatch({ do: "set", fields: { availabilityMode } })}
            />
          </At>
        )}
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
            <Checkbox
              label="A message may lack the value"
              hint="Then it says nothing of it: other registrations share the topic."
              checked={draft.partial}
              disabled={readOnly}
              onChange={(event) => dispatch({ do: "set", fields: { partial: event.target.checked } })}
            />
            <Checkbox
              label="All topics are one point"
              hint="However many topics the filter matches, as a sensor heard by several gateways."
              checked={draft.merge}
              disabled={readOnly}
              onChange={(event) => dispatch({ do: "set", fields: { merge: event.target.checked } })}
            />
          </div>
        </Disclosure>
      </div>
    </Card>
  );
}
