import { err, ok, type Result } from "@/lib/result";
import { t } from "@/lib/texts/t";

/**
 * Schemas for a tile's options. Not zod: these run in every live page, where the schema library alone would cost a sixth of the
 * page's budget (rule UI-49), for a handful of flags and words.
 */

/** Reads one option; undefined stands for "not given". The error says what is wanted. */
export type Field<T> = (given: unknown) => Result<T>;

export interface OptionsSchema<Options> {
  /** What a dashboard holds as it was written, or undefined. The error names the option. */
  parse(given: unknown): Result<Options>;
}

export const flag =
  (standard: boolean): Field<boolean> =>
  (given) => {
    if (given === undefined) return ok(standard);
    return typeof given === "boolean" ? ok(given) : err(t("tiles.mustBeFlag"));
  };

/** A short text for a label, or none. */
export const maybeWord: Field<string | undefined> = (given) =>
  given === undefined || (typeof given === "string" && given.length >= 1 && given.length <= 40)
    ? ok(given)
    : err(t("tiles.mustBeWord"));

/** A short text for a label. */
export const word =
  (standard: () => string): Field<string> =>
  (given) =>
    given === undefined ? ok(standard()) : (maybeWord(given) as Result<string>);

/** Low and high, or nothing. */
export const optionalRange: Field<readonly [number, number] | undefined> = (given) => {
  if (given === undefined) return ok(undefined);
  const [low, high, ...more] = Array.isArray(given) ? given : [];
  const fits = Number.isFinite(low) && Number.isFinite(high) && low < high && more.length === 0;
  return fits ? ok([low, high]) : err(t("tiles.mustBeRange"));
};

/** An object of these options and no others: a misspelt one is said, not skipped. */
export function optionsOf<Options extends object>(
  fields: { [K in keyof Options]-?: Field<Options[K]> },
): OptionsSchema<Options> {
  return {
    parse(given) {
      if (given !== undefined && (typeof given !== "object" || given === null || Array.isArray(given)))
        return err(t("tiles.mustBeObject"));
      const written = new Map(Object.entries(given ?? {}));
      const options = {} as Options;
      for (const name of Object.keys(fields) as (keyof Options & string)[]) {
        const read = fields[name](written.get(name));
        if (!read.ok) return err(`${name} ${read.error}`);
        options[name] = read.value;
        written.delete(name);
      }
      const [unknown] = written.keys();
      if (unknown === undefined) return ok(options);
      const names = Object.keys(fields).join(", ");
      return err(names ? t("tiles.noSuchOption", { unknown, names }) : t("tiles.noOptions", { unknown }));
    },
  };
}
