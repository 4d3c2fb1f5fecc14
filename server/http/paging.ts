import { z } from "zod";
import { err, ok, type Result } from "../../lib/result";
import { say } from "../../lib/texts/said";
import { type Fault, fieldFault } from "./problem";

/** What a page is asked by: `PageQuery` of the contracts. */
interface PageAsk {
  limit: number;
  cursor?: string | undefined;
}

export interface Paged<T> {
  items: T[];
  /** Absent: that was the last page. */
  next?: string;
}

/** The address of the next page (RFC 8288), with all else of the query as it was asked. */
export function linkNext(headers: Headers, request: Request, next: string | undefined): void {
  if (next === undefined) return;
  const { pathname, searchParams } = new URL(request.url);
  searchParams.set("cursor", next);
  headers.set("Link", `<${pathname}?${searchParams}>; rel="next"`);
}

const CursorPosition = z.tuple([z.number().int().min(0), z.string()]);

const writeCursor = (index: number, id: string): string =>
  Buffer.from(JSON.stringify([index, id])).toString("base64url");

function readCursor(cursor: string): z.infer<typeof CursorPosition> | undefined {
  try {
    return CursorPosition.safeParse(JSON.parse(Buffer.from(cursor, "base64url").toString())).data;
  } catch {
    // Not ours: JSON.parse has no other way to say so.
    return undefined;
  }
}

/**
 * A page of what stands in a steady order. It goes on behind the entry that ended the page before; where that one is gone, a page
 * earlier: an entry may then come twice, and none that stays is left out.
 */
export function pageOf<S, T>(
  all: Iterable<S>,
  idOf: (item: S) => string,
  { limit, cursor }: PageAsk,
  /** Undefined: it is not to be seen. */
  show: (item: S) => T | undefined,
): Result<Paged<T>, Fault> {
  const place = cursor === undefined ? undefined : readCursor(cursor);
  if (cursor !== undefined && !place) return err(fieldFault("?cursor", say("problem.noCursor")));
  const present = place && has(all, idOf, place[1]);
  let started = place === undefined;
  let last: string | undefined;
  let index = 0;
  const items: T[] = [];
  for (const item of all) {
    index++;
    if (!started) {
      started = present ? idOf(item) === place?.[1] : index >= (place?.[0] ?? 0) - limit;
      continue;
    }
    const shown = show(item);
    if (shown === undefined) continue;
    if (items.length === limit) return ok({ items, next: writeCursor(index, last ?? "") });
    items.push(shown);
    last = idOf(item);
  }
  return ok({ items });
}

function has<S>(all: Iterable<S>, idOf: (item: S) => string, id: string): boolean {
  for (const item of all) if (idOf(item) === id) return true;
  return false;
}
