import { expect, test } from "vitest";
import { inWords } from "../../lib/texts/said";
import { noBackups } from "./backups";

test("PG-11: where the data are in Postgres, backups are made by pg_dump, and the refusal says how", async () => {
  expect(await noBackups.list()).toEqual({ backups: [], making: null, with: "pg_dump" });
  const made = await noBackups.make();
  if (made.ok) throw new Error("a backup was made");
  expect(made.error.status).toBe(409);
  expect(inWords(made.error.message)).toMatch(/in Postgres.*pg_dump -Fc .*TELLTALE_SECRET/);
});
