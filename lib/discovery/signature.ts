import { compilePath } from "../compile/path";
import type { Proposal } from "./announced";
import { jsonPath } from "./proposals";

/** `.a`, `['a']`, `[0]`, and `.get('a', …)` with a plain value for what is not there. */
const REFERENCE =
  /\bvalue_json((?:\s*\.\s*get\(\s*(?:'[^'\\]*'|"[^"\\]*")\s*(?:,[^(),]*)?\)|\s*\.\s*[A-Za-z_]\w*\b(?!\s*\()|\s*\[\s*(?:'[^'\\]*'|"[^"\\]*"|\d+)\s*\])+)/g;
const STEP =
  /\.\s*get\(\s*(?:'([^']*)'|"([^"]*)")\s*(?:,[^(),]*)?\)|\.\s*([A-Za-z_]\w*)|\[\s*(?:'([^']*)'|"([^"]*)"|(\d+))\s*\]/g;

const stepsOf = (text: string): (string | number)[] =>
  [...text.matchAll(STEP)].map(([, ...parts]) => {
    const index = parts[5];
    return index === undefined ? (parts.find((part) => part !== undefined) ?? "") : Number(index);
  });

/**
 * Where in the message a proposal looks, as a JSONPath; "$" for the whole payload. For a template: the one member it speaks of.
 * Undefined where it speaks of several.
 */
export function pathOfProposal({ value, jinja }: Pick<Proposal, "value" | "jinja">): string | undefined {
  if (value !== undefined) return normalPath(value);
  if (jinja === undefined) return "$";
  // What is printed counts; only where nothing of the message is, what is asked about.
  const printed = [...jinja.matchAll(/\{\{.*?\}\}/gs)].map(([print]) => print).join(" ");
  const paths = new Set<string>();
  for (const [, steps = ""] of (/\bvalue_json\b/.test(printed) ? printed : jinja).matchAll(REFERENCE))
    paths.add(jsonPath(...stepsOf(steps)));
  if (paths.size === 0) return /\bvalue_json\b/.test(jinja) ? undefined : "$";
  // Whether there is an `a` is asked for the sake of `a.b`.
  const ends = [...paths].filter((path) => ![...paths].some((other) => other !== path && isWithin(other, path)));
  return ends.length === 1 ? ends[0] : undefined;
}

const isWithin = (path: string, outer: string): boolean =>
  path.startsWith(outer) && (path[outer.length] === "." || path[outer.length] === "[");

/** One spelling for each path, where it is one that names a single place. */
function normalPath(path: string): string {
  if (!compilePath(path).ok) return path;
  const steps = [...path.matchAll(STEP)];
  return steps.map((m) => m[0]).join("").length + 1 === path.length ? jsonPath(...stepsOf(path)) : path;
}

const known = new WeakMap<Proposal, string>();

/** What two conventions would say in the same words when they mean the same point. */
export function signatureOf(proposal: Proposal): string {
  let signature = known.get(proposal);
  if (signature === undefined) {
    signature = makeSignature(proposal);
    known.set(proposal, signature);
  }
  return signature;
}

function makeSignature(proposal: Proposal): string {
  const { filter, command } = proposal;
  if (filter === undefined) return `> ${command?.topic} ${command?.press ?? command?.options?.join("|") ?? ""}`;
  // A template that takes a piece of a value says something else than the value.
  const piece = proposal.jinja !== undefined && /\.split\(|\[\s*\d*\s*:/.test(proposal.jinja);
  return `${filter} ${proposal.when ?? ""} ${piece ? proposal.jinja : (pathOfProposal(proposal) ?? proposal.jinja)}`;
}
