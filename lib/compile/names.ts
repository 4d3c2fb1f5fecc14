import type { CompileError } from "../compiled";
import type { PointId, RegistrationId } from "../ids";
import type { Registration, ValueSpec } from "../registration";
import { err, ok, type Result } from "../result";
import { type LevelTemplate, parseTemplate } from "../topics/template";

/** `apart`: the places of the levels in which the points differ; absent: in all of them, as far as anybody knows. */
export type PointNamer = (levels: readonly string[], apart?: ReadonlySet<number>) => string;

/** `<registration>[/<level>…][.<key>]`, see PointId. */
export const pointId = (registration: RegistrationId, levels: readonly string[], key: string | undefined): PointId =>
  [registration, ...levels].join("/").concat(key === undefined ? "" : `.${key}`) as PointId;

/** A template at a place of the registration; the error names the place. */
export function templateAt(pointer: string, text: string, wildcards: number): Result<LevelTemplate, CompileError> {
  const template = parseTemplate(text, wildcards);
  return template.ok ? template : err({ pointer, message: template.error });
}

/** Words from an id or a key: "boiler-temp" reads as "boiler temp". */
const words = (id: string): string => id.replace(/[-_]+/g, " ").trim() || id;

/**
 * The name of a slot's points. A value's own name stands as it is; else the registration's name (or the words of its id) with the key
 * behind it. Levels that the name does not mention are appended, so that no two points of a wildcard have the same name; of several
 * wildcards those in which all points agree are left out, but for the last where nothing else would be behind the name.
 */
export function pointNames(
  registration: Registration,
  wildcards: number,
  key: string | undefined,
  spec: ValueSpec | undefined,
): Result<PointNamer, CompileError> {
  const own = spec?.name !== undefined;
  const pointer = own ? `/values/${key}/name` : "/name";
  const template = templateAt(pointer, spec?.name ?? registration.name ?? words(registration.id), wildcards);
  if (!template.ok) return template;
  const { uses, fill } = template.value;
  const behind = own || key === undefined ? "" : words(key);
  return ok((levels, apart) => {
    const places = [...levels.keys()].filter((i) => !uses.has(i + 1) && levels[i] !== "");
    const told = apart && levels.length > 1 ? places.filter((i) => apart.has(i)) : places;
    const rest = (told.length || uses.size ? told : places.slice(-1)).map((i) => levels[i]);
    const name = [fill(levels).trim(), ...rest, behind].filter((part) => part !== "").join(" ");
    return name === "" ? registration.id : name;
  });
}
