import { expect, test } from "vitest";
import { z } from "zod";
import { allContracts } from "./contracts";

const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;

test("no two contracts are of one route", () => {
  const names = allContracts.map(nameOf);
  expect(names.length).toBeGreaterThan(40);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test("AC-10: a route that names points says so, so that what the caller may not see is not there", () => {
  const asked = { params: { id: "p" }, query: { points: ["p"] } };
  const named = allContracts.filter(
    ({ path, query }) => path.startsWith("/points/{id}") || (query instanceof z.ZodObject && "points" in query.shape),
  );
  expect(named.length).toBeGreaterThan(8);
  expect(named.map((contract) => [nameOf(contract), contract.of?.(asked)])).toEqual(
    named.map((contract) => [nameOf(contract), ["p"]]),
  );
});

test("what is read once cannot be a body of JSON and a file, and what is streamed has no schema", () => {
  for (const { body, consumes, answer, produces } of allContracts) {
    expect(body === undefined || consumes === undefined).toBe(true);
    expect(answer === undefined || produces === undefined).toBe(true);
  }
});
