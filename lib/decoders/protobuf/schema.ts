import protobuf from "protobufjs";
import { err, ok, type Result } from "../../result";
import { type Said, say } from "../../texts/said";
import { FormatFault } from "../binary";

/**
 * Turns the text of a .proto into the shapes that reading needs. Only the parser of protobufjs is used: its decoders, and whatever its
 * `resolve` touches, are generated with `Function`, so types are looked up here.
 */
export interface FieldShape {
  readonly name: string;
  readonly repeated: boolean;
  /** An absent field has its default value: a plain field of proto3. */
  readonly implicit: boolean;
  readonly kind: ScalarType | EnumShape | (() => MessageShape);
  /** The type of a map's keys; undefined for other fields. */
  readonly key: ScalarType | undefined;
}
export type ScalarType = (typeof SCALARS)[number];
/** Names by number; `first` is the default. */
export interface EnumShape {
  readonly names: ReadonlyMap<number, string>;
  readonly first: string;
}
export interface MessageShape {
  readonly name: string;
  readonly fields: ReadonlyMap<number, FieldShape>;
}

const SCALARS = [
  "double",
  "float",
  "int32",
  "uint32",
  "sint32",
  "fixed32",
  "sfixed32",
  "int64",
  "uint64",
  "sint64",
  "fixed64",
  "sfixed64",
  "bool",
  "string",
  "bytes",
] as const;
const isScalar = (type: string): type is ScalarType => (SCALARS as readonly string[]).includes(type);

export interface ProtoSchema {
  /** Full names, without the leading dot, in the order of the text. */
  readonly messages: readonly string[];
  /** Throws FormatFault where a type is missing. */
  messageOf(name: string): MessageShape | undefined;
}

const WELL_KNOWN = /^google\/protobuf\/(any|duration|empty|field_mask|struct|timestamp|wrappers)\.proto$/;

export function parseProto(text: string): Result<ProtoSchema, Said> {
  const root = new protobuf.Root();
  try {
    const parsed = protobuf.parse(text, root, { keepCase: true });
    for (const file of [...(parsed.imports ?? []), ...(parsed.weakImports ?? [])]) {
      if (!WELL_KNOWN.test(file)) return err(say("schema.protoImport", { file }));
      const known = protobuf.common.get(file)?.nested;
      if (known) root.addJSON(known);
    }
  } catch (cause) {
    return err(say("schema.protoFaulty", { error: cause instanceof Error ? cause.message : String(cause) }));
  }
  const proto3 = /\bsyntax\s*=\s*["']proto3["']/.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ""));
  const messages = [...messagesIn(root)];
  const shapes = new Map<protobuf.Type, MessageShape>();
  const shapeOf = (type: protobuf.Type): MessageShape => {
    const made = shapes.get(type);
    if (made) return made;
    const fields = new Map<number, FieldShape>();
    const shape = { name: type.fullName.slice(1), fields };
    // Set before the fields are made: a message may contain itself.
    shapes.set(type, shape);
    for (const field of type.fieldsArray) fields.set(field.id, fieldShape(field, proto3, shapeOf));
    return shape;
  };
  return ok({
    messages: messages.map((type) => type.fullName.slice(1)).filter((name) => !name.startsWith("google.protobuf.")),
    messageOf(name) {
      const type = messages.find((one) => one.fullName === `.${name.replace(/^\./, "")}`);
      return type && shapeOf(type);
    },
  });
}

function* messagesIn(space: protobuf.NamespaceBase): IterableIterator<protobuf.Type> {
  for (const inner of space.nestedArray) {
    if (inner instanceof protobuf.Type) yield inner;
    if (inner instanceof protobuf.Namespace || inner instanceof protobuf.Type) yield* messagesIn(inner);
  }
}

function fieldShape(
  field: protobuf.Field,
  proto3: boolean,
  shapeOf: (type: protobuf.Type) => MessageShape,
): FieldShape {
  const kind = kindOf(field, shapeOf);
  const explicit = field.partOf !== null && field.partOf !== undefined;
  const optional = explicit || field.options?.proto3_optional === true || typeof kind === "function";
  const key = field instanceof protobuf.MapField ? field.keyType : undefined;
  if (key !== undefined && !isScalar(key)) throw new FormatFault(say("reject.protoMapKey", { field: field.name, key }));
  return {
    name: field.name,
    repeated: field.repeated,
    implicit: proto3 && !field.repeated && key === undefined && !optional,
    kind,
    key,
  };
}

function kindOf(field: protobuf.Field, shapeOf: (type: protobuf.Type) => MessageShape): FieldShape["kind"] {
  if (isScalar(field.type)) return field.type;
  let found: protobuf.ReflectionObject | null;
  try {
    found = field.parent?.lookupTypeOrEnum(field.type) ?? null;
  } catch {
    // protobufjs throws for a name that it does not find.
    found = null;
  }
  if (found instanceof protobuf.Enum) {
    const entries = Object.entries(found.values);
    return { names: new Map(entries.map(([name, number]) => [number, name])), first: entries[0]?.[0] ?? "0" };
  }
  if (!(found instanceof protobuf.Type))
    throw new FormatFault(say("reject.protoNoType", { field: field.name, type: field.type }));
  const type = found;
  return () => shapeOf(type);
}
