import type { CompiledActuator, CompileError } from "../compiled";
import { parseNumeric, plainNumber } from "../decoders/numeric";
import { decoders } from "../decoders/registry";
import { compileCel, type Expression } from "../expressions/cel";
import type { CommandKind, PointCommand } from "../point";
import type { Value } from "../reading";
import type { CommandSpec, Registration, ValueType } from "../registration";
import { err, ok, type Result } from "../result";
import { compileTemplate } from "../templates";
import { asWording, type Said, say } from "../texts/said";
import { parseDuration } from "../time";
import { parsePublishTopic, parseTopic } from "../topics/parse";
import { templateAt } from "./names";
import { compileValueTemplate, jsonForm, type Sendable } from "./valueTemplate";

const DEFAULT_CONFIRM_MS = 5000;
const MAX_TEXT = 4096;

export interface CommandContext {
  /** The command's JSON pointer in the registration: `/command` or `/values/power/command`. */
  pointer: string;
  wildcards: number;
  /** As registered; where absent, the command may imply it. */
  type: ValueType | undefined;
  payloads: { on: string; off: string } | undefined;
  /** Without a template the value is sent as JSON. */
  asJson: boolean;
  /** There is a state topic, which can confirm commands. */
  hasState: boolean;
}

export interface CompiledCommand {
  readonly kind: CommandKind;
  readonly info: PointCommand;
  actuator(levels: readonly string[], stateTopic: string | undefined): CompiledActuator;
}

type Encoding = { value: Sendable; target: Value };
/** One kind of command: how it encodes a value, and whether a reported value confirms the requested one. */
interface Kind {
  encode(value: Value): Result<Encoding, Said>;
  confirms(target: Value, reported: Value): boolean;
}

/** The type of state that a command implies where the registration has no `type`. */
export function typeImplied(spec: CommandSpec): ValueType | undefined {
  const kind = kindSaid(spec);
  return kind === undefined ? undefined : TYPE_OF[kind];
}

const TYPE_OF: Record<CommandKind, ValueType | undefined> = {
  switch: "boolean",
  number: "number",
  select: "text",
  text: "text",
  button: undefined,
};
const KIND_OF: Record<ValueType, CommandKind> = { boolean: "switch", number: "number", text: "text" };

/** The fields that determine the kind of a command. Fields of two kinds are refused. */
const SAYS: readonly [keyof CommandSpec, CommandKind][] = [
  ["press", "button"],
  ["options", "select"],
  ["payloads", "switch"],
  ["min", "number"],
  ["max", "number"],
  ["step", "number"],
  ["tolerance", "number"],
  ["send", "number"],
];

const kindSaid = (spec: CommandSpec): CommandKind | undefined => SAYS.find(([field]) => spec[field] !== undefined)?.[1];

export function compileCommand(spec: CommandSpec, context: CommandContext): Result<CompiledCommand, CompileError> {
  const { pointer } = context;
  const kind = kindOf(spec, context);
  if (!kind.ok) return kind;
  const topic = templateAt(`${pointer}/topic`, spec.topic, context.wildcards);
  if (!topic.ok) return topic;
  const legal = parseTopic(topic.value.fill(Array<string>(context.wildcards).fill("x")));
  if (!legal.ok) return err({ pointer: `${pointer}/topic`, message: legal.error });
  const confirm = spec.confirm === undefined ? ok(DEFAULT_CONFIRM_MS) : parseDuration(spec.confirm);
  if (!confirm.ok) return err({ pointer: `${pointer}/confirm`, message: confirm.error });

  const jinja = spec.jinja === undefined ? ok(undefined) : compileTemplate(spec.jinja);
  if (!jinja.ok) return err({ pointer: `${pointer}/jinja`, message: jinja.error });
  const transform = spec.transform === undefined ? ok(undefined) : compileCel(spec.transform, "command");
  if (!transform.ok) return err({ pointer: `${pointer}/transform`, message: transform.error });
  const { encode, confirms } = KINDS[kind.value](spec, context);
  const surround = spec.template === undefined ? bare(context.asJson) : compileValueTemplate(spec.template);
  const info = commandInfo(spec, kind.value, confirm.value, context.hasState);
  return ok({
    kind: kind.value,
    info,
    actuator(levels, stateTopic) {
      const commandTopic = topic.value.fill(levels);
      const allowed = parsePublishTopic(commandTopic);
      return {
        commandTopic,
        ...(!allowed.ok && { blocked: say("commands.topicBlocked", { topic: commandTopic, why: allowed.error }) }),
        sharedTopic: commandTopic === stateTopic,
        confirmMs: confirm.value,
        qos: spec.qos ?? 1,
        retain: spec.retain ?? false,
        encode(value, expiresAt = 0) {
          const encoded = encode(value);
          if (!encoded.ok) return encoded;
          const { target } = encoded.value;
          const outgoing = transform.value
            ? transformed(transform.value, target)
            : ok({ ...encoded.value, number: target });
          if (!outgoing.ok) return outgoing;
          const { value: sendable, number } = outgoing.value;
          if (!jinja.value) return ok({ payload: surround(sendable, expiresAt), target });
          // As in Home Assistant, the template gets a number as a number, anything else as the text that would be sent.
          const made = jinja.value.text({
            value: typeof number === "number" ? number : sendable.text,
            expires_at: expiresAt,
          });
          return made.ok
            ? ok({ payload: made.value, target })
            : err(say("commands.templateFailed", { error: made.error }));
        },
        // An empty text is reported as unknown, so unknown confirms only an empty text.
        confirms: (target, reported) =>
          reported === null ? typeof target === "string" && target.trim() === "" : confirms(target, reported),
      };
    },
  });
}

/**
 * Refuses a new registration whose command topic starts with "$". Not part of compiling, so that a registration from before this rule
 * keeps its readings; its commands are refused on the point instead.
 */
export function findReservedTopic({ command, values = {} }: Registration): CompileError | undefined {
  const specs = [
    ["", command] as const,
    ...Object.entries(values).map(([key, value]) => [`/values/${key}`, value.command] as const),
  ];
  for (const [at, spec] of specs) {
    if (!spec?.topic.startsWith("$")) continue;
    const parsed = parsePublishTopic(spec.topic);
    if (!parsed.ok) return { pointer: `${at}/command/topic`, message: parsed.error };
  }
  return undefined;
}

/** The value to send for a target. Numbers are rounded to 15 digits, which removes the noise of binary fractions (1.1 × 10). */
function transformed(expression: Expression, target: Value): Result<{ value: Sendable; number: Value }, Said> {
  const made = expression.evaluate({ value: target });
  if (!made.ok) return made;
  const { value } = made;
  if (typeof value === "object") return err(say("commands.transformGivesNothing", { transform: expression.text }));
  if (typeof value === "number") {
    const number = Number(value.toPrecision(15));
    const text = plainNumber(number);
    return ok({ value: { text, json: text }, number });
  }
  return ok({ value: { text: String(value), json: JSON.stringify(value) }, number: value });
}

function kindOf(spec: CommandSpec, context: CommandContext): Result<CommandKind, CompileError> {
  const { pointer, type } = context;
  const said = kindSaid(spec);
  for (const [field, kind] of SAYS)
    if (spec[field] !== undefined && kind !== said)
      return err({
        pointer: `${pointer}/${field}`,
        message: say("schema.kindOfField", { field, kind, command: said ?? "" }),
      });
  if (said === "select" && type === "number" && spec.options?.some((option) => !Number.isFinite(Number(option))))
    return err({ pointer: `${pointer}/options`, message: say("schema.optionNotNumber") });
  if (said === "button" || (said === "select" && type !== "boolean")) return ok(said);
  const kind = type ? KIND_OF[type] : (said ?? (context.payloads ? "switch" : undefined));
  if (kind === undefined)
    return err({
      pointer,
      message: say("schema.nothingToSend"),
    });
  if (said !== undefined && said !== kind) {
    const field = SAYS.find(([f]) => spec[f] !== undefined)?.[0];
    return err({
      pointer: `${pointer}/${field}`,
      message: say("schema.typeOfField", { field: field ?? "", kind: said, type: type ?? "" }),
    });
  }
  return ok(kind);
}

const commandInfo = (spec: CommandSpec, kind: CommandKind, confirmMs: number, hasState: boolean): PointCommand => ({
  kind,
  min: spec.min,
  max: spec.max,
  step: spec.step,
  options: spec.options,
  // A press has no value that a state could report.
  assumed: !hasState || kind === "button",
  ask: spec.ask === true ? say("commands.ask") : spec.ask ? asWording(spec.ask) : undefined,
  send: spec.send ?? "release",
  confirmMs,
});

const bare =
  (asJson: boolean) =>
  ({ text, json }: Sendable): string =>
    asJson ? json : text;

const KINDS: Record<CommandKind, (spec: CommandSpec, context: CommandContext) => Kind> = {
  switch(spec, context) {
    const payloads = spec.payloads ?? context.payloads;
    const sendable = (on: boolean): Sendable => {
      const text = payloads ? payloads[on ? "on" : "off"] : (decoders.boolean.encode(on) ?? "");
      return { text, json: payloads ? jsonForm(text) : String(on) };
    };
    return {
      encode: (value) =>
        typeof value === "boolean"
          ? ok({ value: sendable(value), target: value })
          : err(say("commands.needsSwitch", { value: JSON.stringify(value) })),
      confirms: (target, reported) => target === reported,
    };
  },

  number(spec) {
    const tolerance = toleranceOf(spec);
    return {
      encode(value) {
        const checked = checkNumber(value, spec);
        if (!checked.ok) return checked;
        const text = plainNumber(checked.value);
        return ok({ value: { text, json: text }, target: checked.value });
      },
      confirms(target, reported) {
        const number = typeof reported === "string" ? parseNumeric(reported, "declared")?.value : reported;
        return typeof target === "number" && typeof number === "number" && tolerance(target, number);
      },
    };
  },

  select(spec, context) {
    const options = spec.options ?? [];
    return {
      encode: (value) =>
        typeof value === "string" && options.includes(value)
          ? ok({
              value: { text: value, json: jsonForm(value) },
              target: context.type === "number" ? Number(value) : value,
            })
          : err(say("commands.needsOption", { options: options.join(", ") })),
      confirms: sameText,
    };
  },

  text: () => ({
    encode(value) {
      if (typeof value !== "string") return err(say("commands.needsText", { value: JSON.stringify(value) }));
      if (value.length > MAX_TEXT) return err(say("commands.textTooLong", { count: value.length, most: MAX_TEXT }));
      if (!value.isWellFormed()) return err(say("commands.textMalformed"));
      return ok({ value: { text: value, json: JSON.stringify(value) }, target: value });
    },
    confirms: (target, reported) => sameText(target, reported) || standsIn(target, reported),
  }),

  button: (spec) => ({
    encode: (value) =>
      value === null
        ? ok({ value: { text: spec.press ?? "", json: jsonForm(spec.press ?? "") }, target: null })
        : err(say("commands.needsNothing")),
    // Nothing reports a press.
    confirms: () => false,
  }),
};

/** Compares as text, since an option's state may be read as a number or boolean: "1" and 1 are the same option. */
const sameText = (target: Value, reported: Value): boolean =>
  target === reported || (target !== null && String(target) === String(reported));

/**
 * Whether a reported JSON object has every requested member: a lamp that is set to {h, s} reports {h, s, x, y}, rounded to whole
 * numbers.
 */
function standsIn(target: Value, reported: Value): boolean {
  const [asked, said] = [documentOf(target), documentOf(reported)];
  if (!asked || !said) return false;
  return Object.entries(asked).every(([key, value]) => {
    const other = Object.hasOwn(said, key) ? said[key] : undefined;
    return typeof value === "number" && typeof other === "number"
      ? Math.abs(value - other) <= 0.5
      : JSON.stringify(value) === JSON.stringify(other);
  });
}

function documentOf(value: Value): Record<string, unknown> | undefined {
  if (typeof value !== "string" || !value.startsWith("{")) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function outOfRange(value: number, min: number | undefined, max: number | undefined): Said {
  if (min !== undefined && max !== undefined) return say("commands.notBetween", { value, min, max });
  return min !== undefined
    ? say("commands.tooLow", { value, min })
    : say("commands.tooHigh", { value, max: max ?? value });
}

/**
 * Checks that the value is within its limits and on a step, counted from `min` or zero. Returns the exact step, without the noise of
 * binary fractions (0.1 + 0.2).
 */
function checkNumber(value: Value, { min, max, step }: CommandSpec): Result<number, Said> {
  if (typeof value !== "number" || !Number.isFinite(value))
    return err(say("commands.needsNumber", { value: JSON.stringify(value) }));
  if ((min !== undefined && value < min) || (max !== undefined && value > max)) return err(outOfRange(value, min, max));
  if (step === undefined) return ok(value + 0);
  const from = min ?? 0;
  const steps = (value - from) / step;
  const nearest = Math.round(steps);
  if (Math.abs(steps - nearest) > 1e-6) return err(say("commands.notOnStep", { value, from, step }));
  const digits = Math.min(20, Math.max(fractionDigits(from), fractionDigits(step)));
  return ok(Number((from + nearest * step).toFixed(digits)) + 0);
}

const fractionDigits = (n: number): number => {
  const [mantissa = "", exponent = "0"] = String(n).split("e");
  return Math.max(0, (mantissa.split(".")[1]?.length ?? 0) - Number(exponent));
};

/** The registered tolerance; else less than half a step; else what a float32 on the device may lose. */
function toleranceOf({ tolerance, step }: CommandSpec): (target: number, reported: number) => boolean {
  if (tolerance !== undefined) return (a, b) => Math.abs(a - b) <= tolerance + 1e-9 * Math.max(1, Math.abs(a));
  if (step !== undefined) return (a, b) => Math.abs(a - b) < step / 2;
  return (a, b) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));
}
