import { compilePath } from "../compile/path";
import type { Proposal } from "./announced";
import { jsonPath } from "./proposals";

/** `.a`, `['a']`, `[0]`, and `.get('a', …)` with a plain default. */
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
 * The JSONPath that a proposal reads; "$" for the whole payload. For a template: the only member that it uses, or undefined if it uses
 * several.
 */
export function pathOfProposal({ value, jinja }: Pick<Proposal, "value" | "jinja">): string | undefined {
  if (value !== undefined) return normalPath(value);
  if (jinja === undefined) return "$";
  // Members that are printed count. Only if none is, those in conditions do.
  const printed = [...jinja.matchAll(/\{\{.*?\}\}/gs)].map(([print]) => print).join(" ");
  const paths = new Set<string>();
  for (const [, steps = ""] of (/\bvalue_json\b/.test(printed) ? printed : jinja).matchAll(REFERENCE))
    paths.add(jsonPath(...stepsOf(steps)));
  if (paths.size === 0) return /\bvalue_json\b/.test(jinja) ? undefined : "$";
  // A test for `a` beside `a.b` only guards the access.
  const ends = [...paths].filter((path) => ![...paths].some((other) => other !== path && isWithin(other, path)));
  return ends.length === 1 ? ends[0] : undefined;
}

const isWithin = (path: string, outer: string): boolean =>
  path.startsWith(outer) && (path[outer.length] === "." || path[outer.length] === "[");

/** The canonical spelling of a path of names and indexes; others are returned unchanged. */
function normalPath(path: string): string {
  if (!compilePath(path).ok) return path;
  const steps = [...path.matchAll(STEP)];
  return steps.map((m) => m[0]).join("").length + 1 === path.length ? jsonPath(...stepsOf(path)) : path;
}

const known = new WeakMap<Proposal, string>();

/** A text that is equal for two proposals of the same point, whichever conventions they come from. */
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
  // A template that reads only a piece of a value is not the same point as the value.
  const piece = proposal.jinja !== undefined && /\.split\(|\[\s*\d*\s*:/.test(proposal.jinja);
  return `${filter} ${proposal.when ?? ""} ${piece ? proposal.jinja : (pathOfProposal(proposal) ?? proposal.jinja)}`;
}
