import { dropUndefined } from "@/lib/dropUndefined";
import type { Availability, CommandSpec, ValueSpec, ValueType } from "@/lib/registration";
import { AVAILABILITY_FIELDS } from "@/lib/registration/availability";
import { COMMAND_FIELDS, type CommandField, type CommandKind } from "@/lib/registration/command";
import type { Control } from "@/lib/registration/control";
import { DESCRIBED_FIELDS } from "@/lib/registration/described";
import type { Field, FieldFacts, Fields } from "@/lib/registration/field";
import { pointer } from "../../fieldErrors";
import type { Codec, FieldPlace, FormWriter, Out } from "./codec";
import type { AvailabilityDraft, CommandDraft, ControlDrafts, DraftOf, ValueDraft } from "./draft";
import { valueFacts } from "./facts";
import { groupCodecs, textCodecs } from "./plainCodecs";
import { keyError, rowPointer } from "./valueRows";

/** The codec of each kind of control. Controls of several fields are built from the entries of these fields. */
const CODECS: { readonly [Is in Control["is"]]: Codec<ControlDrafts[Is]> } = {
  ...textCodecs,
  ...groupCodecs,
  values: {
    empty: () => [],
    from: (said: Readonly<Record<string, ValueSpec>>, write) =>
      Object.entries(said).map(([key, spec]) => ({
        row: write.row(),
        key,
        path: spec.value,
        described: draftFrom(DESCRIBED_FIELDS, spec, write),
      })),
    to: writeValues,
  },
  availability: {
    empty: () => [],
    from: (said: Availability | Availability[], write) =>
      [said].flat().map((item) => ({ row: write.row(), ...draftFrom(AVAILABILITY_FIELDS, item, write) })),
    to(rows, place) {
      const list = rows.map((row) => writeAvailability(row, place));
      return list.length > 1 ? list : list[0];
    },
  },
  command: {
    empty: () => null,
    from: (said: CommandSpec, write, around: Partial<ValueSpec>) => ({
      kind: commandKindOf(said, around),
      ...draftFrom(COMMAND_FIELDS, said, write),
    }),
    to: (command, { at, out, facts }) => command && writeFields(fieldsOf(command), command, at, out, facts),
  },
};

const codecOf = (field: Field): Codec<unknown> => CODECS[field.control.is] as Codec<unknown>;

/** An empty draft of these fields. */
export const emptyOf = <All extends Fields>(fields: All): DraftOf<All> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, codecOf(field).empty(field)]),
  ) as DraftOf<All>;

/** The draft of these fields. Explicit defaults (`staleAfter: auto`, `retain: false`) are omitted again on saving. */
export function draftFrom<All extends Fields>(fields: All, said: object, write: FormWriter): DraftOf<All> {
  const members = said as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const codec = codecOf(field);
      const member = members[name];
      return [name, member === undefined ? codec.empty(field) : codec.from(member as never, write, said)];
    }),
  ) as DraftOf<All>;
}

/** The fields for the API, unchecked. */
export function writeFields(
  fields: Fields,
  draft: object,
  at: string,
  out: Out,
  facts: FieldFacts,
): Record<string, unknown> {
  const members = draft as Readonly<Record<string, unknown>>;
  const written = Object.entries(fields)
    // Fields of another kind of registration stay in the form, in case the person switches back, but are not written.
    .filter(([, field]) => field.applies?.(facts) !== false)
    .map(([name, field]) => [
      name,
      codecOf(field).to(members[name], { at: at + pointer(name), out, facts }, field) ?? undefined,
    ]);
  return dropUndefined(Object.fromEntries(written));
}

/** Whether the field is filled in. */
export const isWritten = (field: Field, draft: unknown): boolean =>
  JSON.stringify(draft) !== JSON.stringify(codecOf(field).empty(field));

function writeValues(rows: readonly ValueDraft[], { out, facts }: FieldPlace): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [index, row] of rows.entries()) {
    const at = rowPointer(rows, index);
    const wrong = keyError(rows, index);
    if (wrong !== undefined) {
      out.issues.push({ pointer: `${at}/key`, detail: wrong });
      continue;
    }
    const described = writeFields(DESCRIBED_FIELDS, row.described, at, out, valueFacts(facts, row.described));
    values[row.key.trim()] = { value: row.path.trim(), ...described };
  }
  return values;
}

/** The payloads are written even if they are empty, since an empty payload is valid. */
const writeAvailability = (row: AvailabilityDraft, { at, out, facts }: FieldPlace) => ({
  ...writeFields(AVAILABILITY_FIELDS, row, at, out, facts),
  online: row.online,
  offline: row.offline,
});

/** The fields of the command's kind, and others that are filled in. */
const fieldsOf = (command: CommandDraft): Fields =>
  Object.fromEntries(
    Object.entries<CommandField>(COMMAND_FIELDS).filter(
      ([name, field]) =>
        !field.kinds || field.kinds.includes(command.kind) || isWritten(field, command[name as keyof CommandDraft]),
    ),
  );

/** A registration does not name the kind of a command: it follows from its fields, else from the value's type (lib/compile/command.ts). */
const SIGNS: readonly [CommandKind, (command: CommandSpec) => boolean][] = [
  ["button", (c) => c.press !== undefined],
  ["select", (c) => c.options !== undefined],
  ["switch", (c) => c.payloads !== undefined],
  ["number", (c) => [c.min, c.max, c.step, c.tolerance, c.send].some((field) => field !== undefined)],
];
const KIND_OF: Record<ValueType, CommandKind> = { boolean: "switch", number: "number", text: "text" };

function commandKindOf(command: CommandSpec, { type, payloads }: Partial<ValueSpec>): CommandKind {
  const said = SIGNS.find(([, fits]) => fits(command))?.[0];
  return said ?? (type ? KIND_OF[type] : payloads ? "switch" : "text");
}
