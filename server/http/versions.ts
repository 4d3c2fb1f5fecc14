import type { Problem } from "../../lib/api";
import type { Result } from "../../lib/result";
import type { CatalogError } from "../ports";
import { catalogFault, type Fault } from "./problem";

/** The version as an entity tag (RFC 9110, 8.8.3), beside the body that carries it too. */
export const tag = (headers: Headers, { version }: { version: number }): void => headers.set("ETag", `"${version}"`);

export function tagged<T extends { version: number }>(headers: Headers, found: Result<T, Fault>): Result<T, Fault> {
  if (found.ok) tag(headers, found.value);
  return found;
}

/**
 * The versions that If-Match lets through (RFC 9110, 13.1.1); undefined: any. What is no version of ours matches none, as a tag of
 * another server's would not.
 */
export function ifMatch(headers: Headers): readonly number[] | undefined {
  const given = headers.get("if-match");
  if (given === null || given.trim() === "*") return undefined;
  return given.split(",").flatMap((one) => {
    const version = /^\s*"(\d{1,15})"\s*$/.exec(one)?.[1];
    return version === undefined ? [] : [Number(version)];
  });
}

/** A stale If-Match is answered with what is there now, so that whoever edits can see what changed. */
export function changeFault(error: CatalogError, current: () => unknown): Fault {
  const fault = catalogFault(error);
  return error.status === 412 ? { ...fault, code: "changed", current: current() as Problem["current"] } : fault;
}
