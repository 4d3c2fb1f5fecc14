import { compilePath } from "../lib/compile/path";
import type { Json } from "../lib/decoders/decoder";
import { compileCel } from "../lib/expressions/cel";
import { compileTemplate } from "../lib/templates";
import { type Shape, TEXTS } from "./shapes";
import type { Target } from "./target";

const DOCUMENT_LIMIT = 256 * 1024;
/** Only what is JSON says something of a path. */
const DOCUMENTS: readonly Shape<string>[] = TEXTS.filter(({ make }) => {
  try {
    return typeof JSON.parse(make(4000)) === "object";
  } catch {
    return false;
  }
});

const PATHS: readonly string[] = [
  "$..*",
  "$..value",
  "$..*..*",
  "$..*..*..*..nothing",
  "$[*][*][*][*].nothing",
  "$[*,*,*,*][*,*,*,*][*,*,*,*].nothing",
  "$[?count($..*) > 1000000]",
  "$[?@ == $]",
  "$[?@.value == $[0].value].nothing",
  "$[?length(@) > 1000000]",
  "$[?value($..nothing) == 1]",
  "$[::1][::1].nothing",
  "$[::-1].nothing",
  "$..[?@.a || @.b && !@.c].nothing",
  "$..[?@..a..b].nothing",
];

const CEL: readonly string[] = [
  "value.contains('aaaaaaaaaaaaaaaaaaaab')",
  "value.startsWith(value)",
  "value.endsWith(value)",
  "value == value",
  "value + value",
  "payload == payload",
  "payload.contains(payload + 'b')",
  "size(payload)",
  "payload.map(x, x).size()",
  "payload.filter(x, x == 1).map(x, x * 2).size()",
  "payload.all(x, x in payload)",
  "payload.exists(x, x == payload)",
  "1 in payload",
  "string(value)",
  "int(value)",
  "double(value)",
  "timestamp(value)",
  'duration("1h").getMinutes() + int(value)',
];

const path = (source: string): Target<string>[] => {
  const compiled = compilePath(source);
  if (!compiled.ok) return [];
  const documents = new Map<string, Json>();
  return [
    {
      name: `path ${source}`,
      shapes: DOCUMENTS,
      limit: DOCUMENT_LIMIT,
      read(text) {
        // Parsing is another target's affair.
        if (!documents.has(text)) {
          documents.clear();
          documents.set(text, JSON.parse(text) as Json);
        }
        compiled.value(documents.get(text) as Json);
      },
    },
  ];
};

const cel = (source: string): Target<string>[] => {
  const compiled = compileCel(source, "reading");
  if (!compiled.ok) return [];
  return [
    {
      name: `CEL ${source}`,
      shapes: DOCUMENTS,
      limit: DOCUMENT_LIMIT,
      read(text) {
        compiled.value.evaluate({ value: text, payload: text });
        compiled.value.evaluate({ value: 1, payload: JSON.parse(text) as Json });
      },
    },
  ];
};

/** What compiles what people and strangers write, at the lengths that the registration's schema lets pass. */
const compilers: readonly Target<string>[] = [
  { name: "compiling a path", shapes: TEXTS, limit: 1000, read: (text) => compilePath(`$${text}`.slice(0, 1000)) },
  { name: "compiling CEL", shapes: TEXTS, limit: 1000, read: (text) => compileCel(text.slice(0, 1000), "reading") },
  {
    name: "compiling CEL, in brackets",
    shapes: TEXTS,
    limit: 998,
    read: (text) => compileCel(`(${text.slice(0, 998)})`, "message"),
  },
  {
    name: "compiling a template",
    shapes: TEXTS,
    limit: 32_768,
    read: (text) => compileTemplate(text.slice(0, 32_768)),
  },
  {
    name: "compiling a template's expression",
    shapes: TEXTS,
    limit: 32_000,
    read: (text) => compileTemplate(`{{ ${text.slice(0, 32_000)} }}`),
  },
];

export const expressionTargets = (): Target<string>[] => [...PATHS.flatMap(path), ...CEL.flatMap(cel), ...compilers];
