"use client";

import { Disclosure } from "@/components/ui/Disclosure";
import { NativeSelect } from "@/components/ui/Field";
import { COMMAND_FIELDS, COMMAND_KINDS, type CommandField, type CommandKind } from "@/lib/registration/command";
import type { Choice } from "@/lib/registration/control";
import { t } from "@/lib/texts/t";
import type { CommandDraft } from "../draft/draft";
import { shownChoices } from "./entryTexts";
import { FieldList, type InputProps } from "./FieldList";
import { At, useForm } from "./formContext";
import { plainInputs } from "./plainInputs";

const KINDS: readonly Choice<CommandKind | "none">[] = [
  { value: "none", label: "registration.commandNone" },
  ...COMMAND_KINDS,
];

const FIELDS = Object.entries<CommandField>(COMMAND_FIELDS);

/** The fields of each kind of command. */
const fieldsOf = (kind: CommandKind, delivery: boolean) =>
  FIELDS.filter(([, field]) => Boolean(field.delivery) === delivery && (!field.kinds || field.kinds.includes(kind)));

/** The command of a point, or none. */
export function CommandInput({ at, value: command, place }: InputProps<CommandDraft | null>) {
  const { dispatch, readOnly } = useForm();
  const list = (kind: CommandKind, delivery: boolean) => (
    <div className="grid gap-4 sm:grid-cols-2">
      <FieldList
        inputs={plainInputs}
        fields={fieldsOf(kind, delivery)}
        draft={command ?? {}}
        at={at}
        place={place}
        onChange={(name, value) => dispatch({ do: "setCommand", place, fields: { [name]: value } })}
      />
    </div>
  );
  return (
    <div className="flex flex-col gap-4">
      <At at={at} label={t("registration.control")} className="max-w-sm">
        <NativeSelect
          options={shownChoices(KINDS)}
          value={command?.kind ?? "none"}
          disabled={readOnly}
          onChange={(kind) => dispatch({ do: "command", place, kind: kind === "none" ? null : kind })}
        />
      </At>
      {command && (
        <>
          {list(command.kind, false)}
          <Disclosure
            summary={t("registration.delivery")}
            note={t(command.jinja ? "registration.deliveryByTemplate" : "registration.deliveryNote")}
          >
            {list(command.kind, true)}
          </Disclosure>
        </>
      )}
    </div>
  );
}
