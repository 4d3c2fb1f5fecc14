import { expect, test } from "vitest";
import { compiled } from "../../../lib/compile/testing";
import type { BrokerId } from "../../../lib/ids";
import type { IngestRegistration } from "../../pipeline/ingest";
import { inPortions } from "./portions";

const source = (id: string): IngestRegistration => ({
  compiled: compiled({ id, filter: id }),
  broker: "main" as BrokerId,
  origin: "store",
});
const list = (...ids: string[]) => ids.map(source);

/** How many registrations differ between the two. */
const changes = (a: readonly IngestRegistration[], b: readonly IngestRegistration[]) =>
  new Set(
    [...a.filter((one) => !b.includes(one)), ...b.filter((one) => !a.includes(one))].map(
      (one) => one.compiled.registration.id,
    ),
  ).size;

test("HB-22: thousands of changed registrations are brought in some at a time, and no step loses what stays", () => {
  const [a, b, c, d, e] = list("a", "b", "c", "d", "e") as [
    IngestRegistration,
    IngestRegistration,
    IngestRegistration,
    IngestRegistration,
    IngestRegistration,
  ];
  const before = [a, b, c, d, e];
  const next = [source("f"), a, source("b"), source("g"), source("c"), source("h")];
  let last: readonly IngestRegistration[] = before;
  let count = 0;
  for (const portion of inPortions(before, next, 2)) {
    expect(changes(last, portion)).toBeLessThanOrEqual(2);
    expect(portion).toContain(a);
    const ids = portion.map((one) => one.compiled.registration.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ["a", "b", "c"]) expect(ids).toContain(id);
    last = portion;
    count++;
  }
  expect(last).toEqual(next);
  expect(count).toBe(4);
  expect([...inPortions(before, before, 2)]).toEqual([before]);
  expect([...inPortions([], next, 100)]).toEqual([next]);
});
