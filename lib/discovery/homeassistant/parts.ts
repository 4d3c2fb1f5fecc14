import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedPart, Proposal } from "../announced";
import type { Config } from "./config";

type Command = NonNullable<Proposal["command"]>;

/** One part of an entity, with a state, a command or both; no part if it has neither. */
export function part(
  c: Config,
  role: string,
  state: Proposal | undefined,
  command: Command | undefined,
  extra: Proposal = {},
): AnnouncedPart[] {
  if (!state && !command) return [];
  return [{ role, registration: dropUndefined({ ...state, ...extra, command, ...c.availability }) }];
}

/** A read-only text; `None` is unknown. */
export const textState = (c: Config, role: string, state: Proposal | undefined, none = "None"): AnnouncedPart[] =>
  part(c, role, state, undefined, { type: "text", unknown: [none] });

/** A boolean. `on` and `off` are the command's payloads; `stateOn` and `stateOff` those of the state, where they differ. */
export function onOff(
  c: Config,
  role: string,
  state: Proposal | undefined,
  command: Command | undefined,
  words: {
    on: string;
    off: string;
    stateOn?: string;
    stateOff?: string;
    neither?: readonly string[];
    shown?: Proposal["words"];
  },
): AnnouncedPart[] {
  const payloads = { on: words.stateOn ?? words.on, off: words.stateOff ?? words.off };
  if (payloads.on === payloads.off) return [];
  const same = payloads.on === words.on && payloads.off === words.off;
  const sent = command && (same ? command : { ...command, payloads: { on: words.on, off: words.off } });
  // "Opening" or "jammed" is neither on nor off; it becomes unknown, since the last value is no longer true.
  const neither = new Set(words.neither);
  for (const word of [payloads.on, payloads.off]) neither.delete(word);
  const unknown = state && neither.size ? { unknown: [...neither] } : {};
  return part(
    c,
    role,
    state,
    sent,
    dropUndefined({ type: "boolean" as const, payloads, words: words.shown, ...unknown }),
  );
}

/** A number with limits, which can be set if there is a command. */
export function setNumber(
  c: Config,
  role: string,
  state: Proposal | undefined,
  command: Command | undefined,
  limits: { min?: number | undefined; max?: number | undefined; step?: number | undefined; unit?: string | undefined },
): AnnouncedPart[] {
  const { min, max, unit } = limits;
  const legal = min !== undefined && max !== undefined && min < max;
  const step = limits.step !== undefined && limits.step > 0 ? limits.step : undefined;
  const bounds = legal ? { min, max, step } : { step };
  return part(c, role, state, command && dropUndefined({ ...command, ...bounds }), {
    ...dropUndefined({ type: "number" as const, unit, range: legal ? ([min, max] as [number, number]) : undefined }),
  });
}

/** A choice for which Home Assistant's `None` means unknown, unless it is one of the options. */
export function choiceOrNone(...asked: Parameters<typeof choice>): AnnouncedPart[] {
  const [, , , , options] = asked;
  const parts = choice(...asked);
  const unknown = ["None", "none"].filter((word) => !options.includes(word));
  if (unknown.length === 0) return parts;
  return parts.map(({ role, registration }) => ({ role, registration: { ...registration, unknown } }));
}

/** One of several options; without options, any text. */
export function choice(
  c: Config,
  role: string,
  state: Proposal | undefined,
  command: Command | undefined,
  options: readonly string[],
): AnnouncedPart[] {
  const some = [...new Set(options)].slice(0, 200);
  return part(c, role, state, command && (some.length ? { ...command, options: some } : command), { type: "text" });
}

/** Buttons: one for each payload, since the device never reports them as a state. */
export function presses(
  c: Config,
  command: Command | undefined,
  payloads: readonly [string, string][],
): AnnouncedPart[] {
  if (!command) return [];
  return payloads.flatMap(([role, press]) => part(c, role, undefined, { ...command, press }));
}
