import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from "yaml";
import { compileRegistration } from "../../lib/compile";
import { ConfigFile } from "../../lib/configFile";
import { explainIssue } from "../../lib/explainIssue";
import { err, ok, type Result } from "../../lib/result";
import { asWording, type Said, say } from "../../lib/texts/said";
import { expandsTooFar } from "./aliases";

/** What is wrong, and where: line and column count from 1. */
export interface FileFault {
  line: number;
  column: number;
  message: Said;
}

export interface ParseParts {
  /** For `${NAME}`. */
  env: Readonly<Record<string, string | undefined>>;
  /** Reads what `ca: ca.pem` names, relative to the file. */
  readPem(name: string): Result<string, Said>;
  /** Brokers that are configured elsewhere and may be named here. */
  otherBrokers: ReadonlySet<string>;
}

type Path = readonly PropertyKey[];

const SECTIONS = ["brokers", "topics", "dashboards", "alarms"] as const;
const PEM_FIELDS = ["ca", "cert", "key"] as const;
/** `$${NAME}` stands for the text `${NAME}` itself. */
const REFERENCE = /\$\$\{|\$\{([^}]*)\}?/g;

/**
 * Reads telltale.yaml: YAML 1.2 with merge keys, `${NAME}` in texts, certificates by name, then the schema of lib/configFile,
 * then everything that can be known to fail when it is used. Refused whole, with every fault of the first stage that found one.
 */
export function parseConfigFile(text: string, parts: ParseParts): Result<ConfigFile, FileFault[]> {
  const lines = new LineCounter();
  let doc: Document.Parsed;
  try {
    doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  } catch (error) {
    // The library reads nested lists by recursion, and a file that is nothing but brackets ends its stack.
    if (!(error instanceof RangeError)) throw error;
    return err([{ line: 1, column: 1, message: say("problem.fileTooDeep") }]);
  }
  const at = (offset: number, why: Said): FileFault => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), message: why };
  };
  const atPath = ({ path, message: why }: PathFault) =>
    at(offsetOf(doc, path), path.length > 0 ? say("problem.fileAt", { where: nameOf(doc, path), why }) : why);

  // A warning is a tag that nobody knows (`!include`): its text would be taken for the value.
  const syntax = [...doc.errors, ...doc.warnings];
  if (syntax.length > 0) return err(syntax.map((fault) => at(fault.pos[0], asWording(fault.message))));

  const bomb = expandsTooFar(doc);
  if (bomb) return err([at(bomb.offset, bomb.message)]);

  const unset = substitute(doc, parts.env).map(({ offset, message }) => at(offset, message));
  if (unset.length > 0) return err(unset);

  let plain: unknown;
  try {
    // What aliases stand for is bounded above; the library would refuse the 101st use of one anchor, however short.
    plain = doc.toJS({ maxAliasCount: -1 }) ?? {};
  } catch (error) {
    return err([at(0, asWording((error as Error).message))]);
  }
  // `topics:` with every entry commented out.
  if (isRecord(plain)) for (const name of SECTIONS) if (plain[name] === null) delete plain[name];

  const missing = readPems(plain, parts.readPem).map(atPath);
  if (missing.length > 0) return err(missing);

  const parsed = ConfigFile.safeParse(plain);
  if (!parsed.success) return err(parsed.error.issues.flatMap(explainIssue).map(atPath));

  const misfits = findMisfits(parsed.data, parts.otherBrokers).map(atPath);
  return misfits.length > 0 ? err(misfits) : ok(parsed.data);
}

function substitute(doc: Document, env: ParseParts["env"]): { offset: number; message: Said }[] {
  const faults: { offset: number; message: Said }[] = [];
  visit(doc, {
    Scalar(position, node) {
      if (position === "key" || typeof node.value !== "string") return;
      node.value = node.value.replace(REFERENCE, (whole, name: string | undefined) => {
        if (name === undefined) return "${";
        const offset = node.range?.[0] ?? 0;
        if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || !whole.endsWith("}"))
          faults.push({ offset, message: say("problem.fileReference", { text: whole }) });
        else if (env[name] === undefined) faults.push({ offset, message: say("problem.fileVariable", { name }) });
        return env[name] ?? "";
      });
    },
  });
  return faults;
}

interface PathFault {
  path: Path;
  message: Said;
}

/** Puts the text of a certificate where its file is named. */
function readPems(plain: unknown, readPem: ParseParts["readPem"]): PathFault[] {
  const brokers = isRecord(plain) && Array.isArray(plain.brokers) ? plain.brokers : [];
  return brokers.flatMap((broker: unknown, i) => {
    if (!isRecord(broker)) return [];
    return PEM_FIELDS.flatMap((field): PathFault[] => {
      const given = broker[field];
      if (typeof given !== "string" || given.includes("-----BEGIN")) return [];
      const pem = readPem(given);
      if (!pem.ok) return [{ path: ["brokers", i, field], message: pem.error }];
      broker[field] = pem.value;
      return [];
    });
  });
}

/** What a schema cannot see: brokers that are nowhere configured, JSONPaths and templates that do not compile. */
function findMisfits(file: ConfigFile, otherBrokers: ReadonlySet<string>): PathFault[] {
  const known = new Set<string>([...file.brokers.map((b) => b.id), ...otherBrokers]);
  return file.topics.flatMap((topic, i): PathFault[] => {
    const path = ["topics", i];
    if (topic.broker !== undefined && !known.has(topic.broker)) {
      const { broker } = topic;
      const message =
        known.size > 0
          ? say("problem.noBroker", { broker, known: [...known].join(", ") })
          : say("problem.noBrokerConfigured", { broker });
      return [{ path: [...path, "broker"], message }];
    }
    const compiled = compileRegistration(topic);
    return compiled.ok
      ? []
      : [{ path: [...path, ...fromPointer(compiled.error.pointer)], message: compiled.error.message }];
  });
}

const fromPointer = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function resolve(doc: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(doc) : node;
}

/** Where the thing at the path begins in the text: its key when it is a map's, else the nearest thing around it that stands there. */
function offsetOf(doc: Document, path: Path): number {
  let node = resolve(doc, doc.contents);
  let offset = (node as Node | null)?.range?.[0] ?? 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => String(isScalar(item.key) ? item.key.value : item.key) === String(part));
      if (!pair) return offset;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = resolve(doc, pair.value);
    } else if (isSeq(node)) {
      const item = node.items[Number(part)];
      if (item === undefined) return offset;
      offset = (item as Node).range?.[0] ?? offset;
      node = resolve(doc, item);
    } else return offset;
  }
  return offset;
}

/** `topics[1] "pump", command.min`: the entry by its own name, since people do not count list items. */
function nameOf(doc: Document, path: Path): string {
  const [section, index, ...rest] = path.map(String);
  if (index === undefined) return String(section);
  const id = doc.getIn([section, Number(index), section === "dashboards" ? "slug" : "id"]);
  const entry = `${section}[${index}]${typeof id === "string" ? ` "${id}"` : ""}`;
  return rest.length > 0 ? `${entry}, ${rest.join(".")}` : entry;
}
