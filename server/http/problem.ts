import type { z } from "zod";
import type { Problem } from "../../lib/api";
import type { CatalogError, PeopleError } from "../ports";

/** A request that could not be done, as a value; it leaves as an RFC 9457 problem detail. */
export interface Fault extends Omit<Problem, "type" | "title"> {
  /** Seconds, for the Retry-After header. */
  retryAfter?: number;
}

const TITLES: Record<number, string> = {
  400: "Bad request",
  401: "Not signed in",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  412: "Changed meanwhile",
  413: "Too large",
  415: "Not JSON",
  422: "Cannot be done",
  429: "Too many requests",
  500: "Internal error",
  503: "Not available",
};

/** The answer. `about:blank`: the status says the kind, `code` says more where there is more (RFC 9457, 4.2.1). */
export function problemResponse({ retryAfter, ...fault }: Fault): Response {
  const body: Problem = { type: "about:blank", title: TITLES[fault.status] ?? "Error", ...fault };
  const headers = new Headers({ "Content-Type": "application/problem+json" });
  if (retryAfter !== undefined) headers.set("Retry-After", String(retryAfter));
  return new Response(JSON.stringify(body), { status: fault.status, headers });
}

export const notFound = (what: string): Fault => ({ status: 404, detail: `There is no ${what}.` });

export const fieldFault = (pointer: string, detail: string): Fault => ({
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
  const where = first && first.pointer !== "" ? `${first.pointer}: ` : "";
  return {
    status: 400,
    detail: `${where}${first?.detail ?? "The request does not fit."}${errors.length > 1 ? ` (and ${errors.length - 1} more)` : ""}`,
    errors: shown,
  };
}

interface Finding {
  path: PropertyKey[];
  detail: string;
}

function flatten(issue: Issue, base: readonly PropertyKey[]): Finding[] {
  const path = [...base, ...issue.path];
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...path, key], detail: "There is no such field." }));
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const branches = issue.errors.map((branch) => branch.flatMap((inner) => flatten(inner, path)));
    // The branch that got furthest is the one that was meant; where none did, "invalid input" says as little as any.
    const best = branches.reduce((a, b) => (depth(b) > depth(a) ? b : a));
    if (depth(best) > path.length) return best;
    const wanted = [...new Set(branches.flat().map((f) => f.detail.replace(/^Invalid input: /, "")))];
    return [{ path, detail: `Invalid input: ${wanted.join(", or ")}` }];
  }
  return [{ path, detail: issue.message }];
}

const depth = (findings: readonly Finding[]) => Math.max(0, ...findings.map((f) => f.path.length));

/** RFC 6901; the empty pointer is the whole body. */
function pointerOf(path: readonly PropertyKey[], start: string): string {
  if (path.length === 0) return "";
  return start + path.map((key) => String(key).replaceAll("~", "~0").replaceAll("/", "~1")).join("/");
}
