import { expect, test } from "vitest";
import { compiled } from "../../../lib/compile/testing";
import type { BrokerId } from "../../../lib/ids";
import type { IngestRegistration } from "../../pipeline/ingest";
import { inPortions, type SourceChange } from "./portions";

const source = (id: string): IngestRegistration => ({
  compiled: compiled({ id, filter: id }),
  broker: "main" as BrokerId,
  origin: "store",
});

test("HB-22: thousands of changed registrations are brought in some at a time, each of them once and whole", () => {
  const changes: SourceChange[] = [
    { was: source("a"), now: source("a") },
    { was: source("b"), now: undefined },
    { was: undefined, now: source("c") },
    { was: source("d"), now: source("d") },
    { was: undefined, now: source("e") },
  ];
  const portions = [...inPortions(changes, 2)];
  expect(portions.map(({ gone, fresh }) => [gone.length, fresh.length])).toEqual([
    [2, 1],
    [1, 2],
    [0, 1],
  ]);
  expect(portions.flatMap(({ gone }) => gone)).toEqual(changes.flatMap(({ was }) => was ?? []));
  expect(portions.flatMap(({ fresh }) => fresh)).toEqual(changes.flatMap(({ now }) => now ?? []));
  expect([...inPortions([], 2)]).toEqual([]);
});
