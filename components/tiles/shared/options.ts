import { err, ok, type Result } from "@/lib/result";
import { t } from "@/lib/texts/t";

/**
 * Schemas for a tile's options. Not zod: these run in every live page, where the library alone would take a sixth of the page's budget
 * (rule UI-49).
 */

/** Parses one option; undefined means that it is not given. The error says what is expected. */
export type Field<T> = (given: unknown) => Result<T>;

export interface OptionsSchema<Options> {
  /** Parses the options as stored in a dashboard, or undefined. The error names the option. */
  parse(given: unknown): Result<Options>;
}

export const flag =
  (standard: boolean): Field<boolean> =>
  (given) => {
    if (given === undefined) return ok(standard);
    return typeof given === "boolean" ? ok(given) : err(t("tiles.mustBeFlag"));
  };

/** An optional short text for a label. */
export const maybeWord: Field<string | undefined> = (given) =>
  given === undefined || (typeof given === "string" && given.length >= 1 && given.length <= 40)
    ? ok(given)
    : err(t("tiles.mustBeWord"));

/** A short text for a label. */
export const word =
  (standard: () => string): Field<string> =>
  (given) =>
    given === undefined ? ok(standard()) : (maybeWord(given) as Result<string>);

/** An optional pair of low and high. */
export const optionalRange: Field<readonly [number, number] | undefined> = (given) => {
  if (given === undefined) return ok(undefined);
  const [low, high, ...more] = Array.isArray(given) ? given : [];
  const fits = Number.isFinite(low) && Number.isFinite(high) && low < high && more.length === 0;
  return fits ? ok([low, high]) : err(t("tiles.mustBeRange"));
};

/** An object of these options only: a misspelt one is an error. */
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
