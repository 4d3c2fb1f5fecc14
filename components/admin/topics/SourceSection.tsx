"use client";

import { Card } from "@/components/kit/Card";
import { type Choice, NativeSelect, TextInput } from "@/components/ui/Field";
import { type BrokerState, defaultBrokerOf } from "@/lib/broker";
import { formatChoices } from "@/lib/decoders/registry";
import type { PayloadEncoding } from "@/lib/registration";
import { FormatFields } from "./FormatFields";
import { At, useForm } from "./formContext";
import { TransformField } from "./TransformField";

const ENCODINGS: readonly Choice<"" | PayloadEncoding>[] = [
  { value: "", label: "None" },
  { value: "base64", label: "Base64" },
  { value: "hex", label: "Hexadecimal" },
];

/** Which messages: broker, filter, format. */
export function SourceSection({ brokers }: { brokers: readonly BrokerState[] }) {
  const { draft, dispatch, readOnly } = useForm();
  const standard = defaultBrokerOf(brokers);
  const choices = [
    { value: "", label: standard ? `Default (${standard.name})` : "Default" },
    ...brokers.map((broker) => ({ value: broker.id as string, label: broker.name })),
  ];
  return (
    <Card title="Source">
      <div className="grid gap-4 sm:grid-cols-2">
        <At
          at="/filter"
          label="Topic filter"
          hint="+ matches one level, # at the end all that follow. Optional for actuators that do not report their state."
          className="col-span-full"
        >
          <TextInput
            mono
            value={draft.filter}
            placeholder="greenhouse/+/climate"
            readOnly={readOnly}
            autoComplete="off"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            onChange={(event) => dispatch({ do: "set", fields: { filter: event.target.value } })}
          />
        </At>
        {(brokers.length > 1 || draft.broker !== "") && (
          <At at="/broker" label="Broker">
            <NativeSelect
              options={choices}
              value={draft.broker}
              disabled={readOnly}
              onChange={(broker) => dispatch({ do: "set", fields: { broker } })}
            />
          </At>
        )}
        <At at="/format" label="Payload format">
          <NativeSelect
            options={formatChoices}
            value={draft.format}
            disabled={readOnly}
            onChange={(format) => dispatch({ do: "set", fields: { format } })}
          />
        </At>
        <At at="/encoding" label="Encoding">
          <NativeSelect
            options={ENCODINGS}
            value={draft.encoding}
            disabled={readOnly}
            onChange={(encoding) => dispatch({ do: "set", fields: { encoding } })}
          />
        </At>
        <FormatFields />
        <div className="col-span-full">
          <TransformField
            at="/when"
            scope="message"
            text={draft.when}
            onChange={(when) => dispatch({ do: "set", fields: { when } })}
          />
        </div>
      </div>
    </Card>
  );
}
