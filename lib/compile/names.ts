import type { CompileError } from "../compiled";
import type { PointId, RegistrationId } from "../ids";
import type { Registration, ValueSpec } from "../registration";
import { err, ok, type Result } from "../result";
import { type LevelTemplate, parseTemplate } from "../topics/template";

/** `apart`: the indexes of the levels in which the points differ; absent: assume that they differ in all. */
export type PointNamer = (levels: readonly string[], apart?: ReadonlySet<number>) => string;

/** `<registration>[/<level>…][.<key>]`, see PointId. */
export const pointId = (registration: RegistrationId, levels: readonly string[], key: string | undefined): PointId =>
  [registration, ...levels].join("/").concat(key === undefined ? "" : `.${key}`) as PointId;

/** Parses the template of one field of the registration; the error has the field's pointer. */
export function templateAt(pointer: string, text: string, wildcards: number): Result<LevelTemplate, CompileError> {
  const template = parseTemplate(text, wildcards);
  return template.ok ? template : err({ pointer, message: template.error });
}

/** Words from an id or a key: "boiler-temp" reads as "boiler temp". */
const words = (id: string): string => id.replace(/[-_]+/g, " ").trim() || id;

/**
 * The name of a slot's points: the value's own name, else the registration's name (or the words of its id) and the key. Levels that the
 * name does not use are appended, so that no two points of a wildcard have the same name. With several wildcards, levels in which all
 * points agree are omitted, except the last one if nothing else would be appended.
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
