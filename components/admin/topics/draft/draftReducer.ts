import { keyOfPath } from "@/lib/jsonPath";
import { proposeId } from "@/lib/proposeId";
import type { CommandKind } from "@/lib/registration/command";
import { DESCRIBED_FIELDS } from "@/lib/registration/described";
import type { RegistrationField } from "@/lib/registration/field";
import type { AvailabilityDraft, CommandDraft, DescribedDraft, Draft, ValueDraft } from "./draft";
import { factsOf } from "./facts";
import { emptyAvailability, emptyCommand, emptyDescribed, emptyDraft } from "./fromRegistration";

/** The part of the draft that an edit changes: the fields for all values, or one row of several. */
export type ValueScope = "all" | number;

export type DraftAction =
  | { do: "set"; place?: ValueScope; fields: Partial<Omit<Draft, "values" | "availability" | "mode">> }
  | { do: "mode"; mode: Draft["mode"] }
  /** A field of the payload was picked: it becomes the value, or one of several; picking it again removes it. */
  | {
      do: "pick";
      path: string;
      /** A second pick switches to several values. Not allowed for a stored registration: its point would get another id. */
      several?: boolean;
    }
  | { do: "command"; place: ValueScope; kind: CommandKind | null }
  | { do: "setCommand"; place: ValueScope; fields: Partial<CommandDraft> }
  | { do: "addThreshold"; place: ValueScope }
  | { do: "addValue" }
  | { do: "setValue"; row: number; fields: Partial<Pick<ValueDraft, "key" | "path">> }
  /** `fewer`: switches to one value when only one is left. */
  | { do: "removeValue"; row: number; fewer?: boolean }
  | { do: "addAvailability" }
  | { do: "setAvailability"; row: number; fields: Partial<AvailabilityDraft> }
  | { do: "removeAvailability"; row: number };

/** The type of value for each kind of command; a select's options may be words or numbers. */
const KIND_TYPE: Record<CommandKind, DescribedDraft["type"] | undefined> = {
  switch: "boolean",
  number: "number",
  text: "text",
  select: undefined,
  button: undefined,
};

const mapRow = <T extends { row: number }>(rows: T[], row: number, change: (item: T) => T): T[] =>
  rows.map((item) => (item.row === row ? change(item) : item));

function describe(draft: Draft, place: ValueScope, change: (d: DescribedDraft) => DescribedDraft): Draft {
  if (place === "all") return { ...draft, ...change(draft) };
  return { ...draft, values: mapRow(draft.values, place, (v) => ({ ...v, described: change(v.described) })) };
}

/** The fields that each of several values has for itself; set for the whole registration they would apply to all. */
const OWN = Object.entries<RegistrationField>(DESCRIBED_FIELDS)
  .filter(([, field]) => {
    const facts = { ...factsOf(emptyDraft), mode: "several" as const };
    return field.applies?.(facts) === false || field.offered?.(facts) === false;
  })
  .map(([name]) => name as keyof DescribedDraft);

const pickFields = (from: DescribedDraft): Partial<DescribedDraft> =>
  Object.fromEntries(OWN.map((name) => [name, from[name]]));

/** Turns the only value into the first of several, with its fields. */
function toSeveral(draft: Draft): Draft {
  const next = withRow({ ...draft, ...pickFields(emptyDescribed), mode: "several" }, draft.value);
  return {
    ...next,
    values: next.values.map((row) => ({ ...row, described: { ...row.described, ...pickFields(draft) } })),
  };
}

/** Turns the last of several values into the only one, with its fields. */
const toOne = (draft: Draft, { path, described }: ValueDraft): Draft => ({
  ...draft,
  ...pickFields(described),
  name: draft.name || described.name,
  mode: "one",
  value: path,
  values: [],
});

const withRow = (draft: Draft, path: string): Draft => ({
  ...draft,
  values: [
    ...draft.values,
    { row: draft.nextRow, key: freeKey(draft, keyOfPath(path)), path, described: emptyDescribed },
  ],
  nextRow: draft.nextRow + 1,
});

function freeKey(draft: Draft, key: string): string {
  const taken = new Set(draft.values.map((v) => v.key));
  if (!taken.has(key)) return key;
  let n = 2;
  while (taken.has(`${key}-${n}`)) n++;
  return `${key}-${n}`;
}

type Handlers = { [K in DraftAction["do"]]: (draft: Draft, action: Extract<DraftAction, { do: K }>) => Draft };

const HANDLERS: Handlers = {
  set: (draft, { place = "all", fields }) => {
    const next = describe(draft, place, (d) => ({ ...d, ...fields }));
    return "id" in fields ? { ...next, idTouched: fields.id !== "" } : next;
  },
  mode: (draft, { mode }) => {
    if (mode === draft.mode) return draft;
    // The chosen path is kept: the only value becomes the first of several, and vice versa.
    if (mode === "template") return { ...draft, mode };
    if (mode === "one") return { ...draft, mode, value: draft.values[0]?.path ?? draft.value };
    return draft.values.length > 0 ? { ...draft, mode, command: null } : toSeveral(draft);
  },
  pick: (draft, { path, several }) => {
    if (draft.mode === "template") return draft;
    if (draft.mode === "one") {
      if (several && draft.value !== "" && draft.value !== path)
        return withRow(toSeveral({ ...draft, values: [] }), path);
      return { ...draft, value: draft.value === path ? "" : path };
    }
    if (draft.values.some((v) => v.path === path))
      return { ...draft, values: draft.values.filter((v) => v.path !== path) };
    const blank = draft.values.find((v) => v.path === "");
    if (!blank) return withRow(draft, path);
    const key = blank.key || freeKey(draft, keyOfPath(path));
    return { ...draft, values: mapRow(draft.values, blank.row, (v) => ({ ...v, path, key })) };
  },
  command: (draft, { place, kind }) =>
    describe(draft, place, (d) => {
      if (kind === null) return { ...d, command: null };
      const kept = d.command;
      // Only fields that every kind has are kept: the payloads of a switch mean nothing to a slider.
      const shared = kept && {
        topic: kept.topic,
        confirm: kept.confirm,
        qos: kept.qos,
        retain: kept.retain,
        ask: kept.ask,
      };
      return { ...d, type: KIND_TYPE[kind] ?? d.type, command: { ...emptyCommand(kind), ...shared } };
    }),
  setCommand: (draft, { place, fields }) =>
    describe(draft, place, (d) => (d.command ? { ...d, command: { ...d.command, ...fields } } : d)),
  addThreshold: (draft, { place }) => ({
    ...describe(draft, place, (d) => ({
      ...d,
      thresholds: [...d.thresholds, { row: draft.nextRow, side: "above", at: "", level: "warning" }],
    })),
    nextRow: draft.nextRow + 1,
  }),
  addValue: (draft) => withRow(draft, ""),
  setValue: (draft, { row, fields }) => ({
    ...draft,
    values: mapRow(draft.values, row, (v) => ({ ...v, ...fields })),
  }),
  removeValue: (draft, { row, fewer }) => {
    const values = draft.values.filter((v) => v.row !== row);
    const [only] = values;
    return fewer && only && values.length === 1 ? toOne(draft, only) : { ...draft, values };
  },
  addAvailability: (draft) => ({
    ...draft,
    availability: [...draft.availability, emptyAvailability(draft.nextRow)],
    nextRow: draft.nextRow + 1,
  }),
  setAvailability: (draft, { row, fields }) => ({
    ...draft,
    availability: mapRow(draft.availability, row, (a) => ({ ...a, ...fields })),
  }),
  removeAvailability: (draft, { row }) => ({
    ...draft,
    availability: draft.availability.filter((a) => a.row !== row),
  }),
};

/** Returns the draft after one edit. Until a person changes the id, it follows name and filter. */
export const draftReducer =
  (taken: ReadonlySet<string>) =>
  (draft: Draft, action: DraftAction): Draft => {
    // The table is keyed by `do`, so the handler found is the one for this action; TypeScript cannot see that through the index.
    const handler = HANDLERS[action.do] as (draft: Draft, action: DraftAction) => Draft;
    const next = handler(draft, action);
    return next.idTouched ? next : { ...next, id: proposeId(next.name, next.filter, taken) };
  };
