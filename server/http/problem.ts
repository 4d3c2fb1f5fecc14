import type { z } from "zod";
import type { Problem } from "../../lib/api";
import { eitherOf, saidOf } from "../../lib/texts/issues";
import { inWords, isSaid, type Said, type SaidText, say } from "../../lib/texts/said";
import type { PlainKey } from "../../lib/texts/t";
import type { CatalogError, PeopleError } from "../ports";

interface FieldFault {
  pointer: string;
  detail: Said;
}

/** A request that could not be done, as a value; it leaves as an RFC 9457 problem detail, in words. */
export interface Fault extends Omit<Problem, "type" | "title" | "detail" | "errors"> {
  detail?: Said;
  errors?: FieldFault[];
  /** Seconds, for the Retry-After header. */
  retryAfter?: number;
}

const TITLES: Record<number, PlainKey> = {
  400: "problem.title400",
  401: "problem.title401",
  403: "problem.title403",
  404: "problem.title404",
  405: "problem.title405",
  409: "problem.title409",
  412: "problem.title412",
  413: "problem.title413",
  415: "problem.title415",
  422: "problem.title422",
  429: "problem.title429",
  500: "problem.title500",
  503: "problem.title503",
};

/** The answer, and the one place where its texts become words. `about:blank`: the status says the kind, `code` says more where there is more (RFC 9457, 4.2.1). */
export function problemResponse({ retryAfter, detail, errors, ...fault }: Fault): Response {
  const body: Problem = {
    type: "about:blank",
    title: inWords(say(TITLES[fault.status] ?? "problem.titleOther")),
    ...fault,
    ...(detail !== undefined && { detail: inWords(detail) }),
    ...(errors && { errors: errors.map((one) => ({ pointer: one.pointer, detail: inWords(one.detail) })) }),
  };
  const headers = new Headers({ "Content-Type": "application/problem+json" });
  if (retryAfter !== undefined) headers.set("Retry-After", String(retryAfter));
  return new Response(JSON.stringify(body), { status: fault.status, headers });
}

export const notFound = (what: SaidText): Fault => ({ status: 404, detail: say("problem.thereIsNo", { what }) });

export const fieldFault = (pointer: string, detail: Said): Fault => ({
  status: 400,
  detail,
  errors: [{ pointer, detail }],
});

export const catalogFault = ({ status, message, pointer }: CatalogError): Fault => ({
  status,
  detail: message,
  ...(pointer !== undefined && { errors: [{ pointer, detail: message }] }),
});

export const peopleFault = ({ status, message, field, retryAfter }: PeopleError): Fault => ({
  status,
  detail: message,
  ...(field !== undefined && { errors: [{ pointer: `/${field}`, detail: message }] }),
  ...(retryAfter !== undefined && { retryAfter }),
});

type Issue = z.core.$ZodIssue;

/** What the schema found, each with the field it concerns. `start`: what stands before the pointers, as `?` for a query. */
export function schemaFault(issues: readonly Issue[], start = "/"): Fault {
  const errors = issues
    .flatMap((issue) => flatten(issue, []))
    .map((e) => ({ ...e, pointer: pointerOf(e.path, start) }));
  const shown = errors.slice(0, 50).map(({ pointer, detail }) => ({ pointer, detail }));
  const [first] = shown;
  const why = first?.detail ?? say("problem.doesNotFit");
  const detail = first && first.pointer !== "" ? say("problem.fieldAt", { pointer: first.pointer, why }) : why;
  return {
    status: 400,
    detail: errors.length > 1 ? say("problem.andMore", { why: detail, count: errors.length - 1 }) : detail,
    errors: shown,
  };
}

interface Finding {
  path: PropertyKey[];
  detail: Said;
}

function flatten(issue: Issue, base: readonly PropertyKey[]): Finding[] {
  const path = [...base, ...issue.path];
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...path, key], detail: say("problem.noSuchField") }));
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const branches = issue.errors.map((branch) => branch.flatMap((inner) => flatten(inner, path)));
    // The branch that got furthest is the one that was meant; where none did, "invalid input" says as little as any.
    const best = branches.reduce((a, b) => (depth(b) > depth(a) ? b : a));
    if (depth(best) > path.length) return best;
    const wanted = branches.flat().map(({ detail }) => wantedBy(detail));
    return [{ path, detail: say("problem.invalidInput", { wanted: eitherOf(wanted) }) }];
  }
  return [{ path, detail: introduced(saidOf(issue)) }];
}

/** What zod expected, with the words that say that it is about the input. */
function introduced(said: Said): Said {
  if (typeof said === "string") return said;
  const { code } = said;
  if (code === "schema.expectedOneOf") return say("problem.invalidOption", { wanted: said });
  return code === "schema.expectedType" || code === "schema.expectedValue"
    ? say("problem.invalidInput", { wanted: said })
    : said;
}

/** What is wanted, without these words, which stand once before all of them: a union may hold another one. */
function wantedBy(detail: Said): Said {
  if (typeof detail === "string") return detail;
  const { code, args } = detail;
  const isIntroduced = code === "problem.invalidInput" || code === "problem.invalidOption";
  return isIntroduced && isSaid(args?.wanted) ? args.wanted : detail;
}

const depth = (findings: readonly Finding[]) => Math.max(0, ...findings.map((f) => f.path.length));

/** RFC 6901; the empty pointer is the whole body. */
function pointerOf(path: readonly PropertyKey[], start: string): string {
  if (path.length === 0) return "";
  return start + path.map((key) => String(key).replaceAll("~", "~0").replaceAll("/", "~1")).join("/");
}
