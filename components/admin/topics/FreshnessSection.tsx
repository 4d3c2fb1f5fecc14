"use client";

import { Card } from "@/components/kit/Card";
import { Button, IconButton } from "@/components/ui/Button";
import { Disclosure } from "@/components/ui/Disclosure";
import { Checkbox, type Choice, NativeSelect } from "@/components/ui/Field";
import { Icon } from "@/components/ui/icons";
import { StaleFields } from "./DescribedFields";
import type { AvailabilityDraft, Draft } from "./draft";
import { At, useForm } from "./formContext";
import { TextFields, type TextSpec } from "./TextFields";

const AVAILABILITY: readonly TextSpec<AvailabilityDraft>[] = [
  {
    key: "filter",
    at: "filter",
    label: "Availability topic",
    hint: "The device's last will, or a bridge's state. {1} is replaced by what the wildcard matched.",
    placeholder: "plant/pump/lwt",
    mono: true,
    required: true,
    className: "col-span-full",
  },
  { key: "online", at: "online", label: "Online payload", placeholder: "online", mono: true },
  { key: "offline", at: "offline", label: "Offline payload", placeholder: "offline", mono: true },
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
    label: "Path of the timestamp",
    hint: "Seconds, milliseconds or ISO 8601. Leave blank to use the time of arrival.",
    placeholder: "$.ts",
    mono: true,
  },
];

const MODES: readonly Choice<Draft["availabilityMode"]>[] = [
  { value: "all", label: "All topics say online" },
  { value: "any", label: "Any topic says online" },
  { value: "latest", label: "The latest message says online" },
];

const QOS: readonly Choice<Draft["qos"]>[] = [
  { value: "", label: "Server default" },
  { value: "0", label: "0, at most once" },
  { value: "1", label: "1, at least once" },
  { value: "2", label: "2, exactly once" },
];

/** Whom to believe about how fresh a value is. */
export function FreshnessSection() {
  const { draft, dispatch, readOnly } = useForm();
  const single = draft.availability.length === 1;
  return (
    <Card title="Freshness and availability">
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
          <At at="/availabilityMode" label="Online when" className="max-w-xs">
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
              label="The value is optional"
              hint="Messages without it are ignored, because other registrations share the topic."
              checked={draft.partial}
              disabled={readOnly}
              onChange={(event) => dispatch({ do: "set", fields: { partial: event.target.checked } })}
            />
            <Checkbox
              label="Merge all topics into one point"
              hint="For a sensor that several gateways receive."
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
