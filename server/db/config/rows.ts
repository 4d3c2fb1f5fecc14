import { z } from "zod";
import { parseWithCleanNames } from "../../../lib/name";
import type { Steps } from "../../../lib/steps";
import { inTurns } from "../../turns";
import type { BodyRow, ConfigAccess } from "./access";

/**
 * Reads all rows of a table in the order of their positions. Parses only those whose text changed since the last time; the others are the
 * same objects as before. All rows are read after every change, and 10,000 registrations take a fifth of a second to parse: in short turns,
 * since the catalog makes one change after the other, and none of them is under way while it reads.
 */
export function createRowReader<T>(
  access: ConfigAccess,
  of: Parameters<ConfigAccess["bodies"]>[0],
  parse: (id: string, body: string) => T,
): () => Promise<T[]> {
  interface Known {
    body: string;
    position: number;
    item: T;
  }
  let known = new Map<string, Known>();

  function* reading(rows: Iterable<BodyRow>): Steps<T[]> {
    const next: typeof known = new Map();
    for (const { id, body, position } of rows) {
      const old = known.get(id);
      const same = old?.body === body && old.position === position;
      next.set(id, same ? old : { body, position, item: old?.body === body ? old.item : parse(id, body) });
      yield;
    }
    known = next;
    return [...next.values()].sort((a, b) => a.position - b.position).map(({ item }) => item);
  }
  return async () => inTurns(reading(await access.bodies(of)));
}

/** A row that does not fit its schema was not written by this program: it is told, never skipped. */
export function readRow<S extends z.ZodType>(schema: S, what: string, id: string, json: string): z.output<S> {
  let body: unknown;
  try {
    body = JSON.parse(json);
  } catch (error) {
    throw new Error(`the ${what} "${id}" in config.db is not JSON: ${(error as Error).message}`);
  }
  const parsed = parseWithCleanNames(schema, body);
  if (parsed.success) return parsed.data;
  throw new Error(`the ${what} "${id}" in config.db cannot be read: ${z.prettifyError(parsed.error)}`);
}
