import { configMigrations, postgresConfigMigrations } from "../../../server/db/config/tables";
import type { Template } from "../copy";

const next = (migrations: typeof configMigrations) => (migrations.at(-1)?.number ?? 0) + 1;
const NEXT = { sqlite: next(configMigrations), postgres: next(postgresConfigMigrations) };

export const table: Template = {
  files: {
    "server/db/config/notes/index.ts": `
import { type ConfigTable, sqlOver } from "../access";

export interface NotesTable {
  /** What people wrote about a device. */
  note(device: string): Promise<string | undefined>;
  putNote(device: string, text: string): Promise<void>;
}

const sql = sqlOver<{ notes: { device: string; text: string } }>();

export const notes: ConfigTable<NotesTable> = {
  migrations: {
    sqlite: [
      {
        number: ${NEXT.sqlite},
        name: "notes",
        sql: "CREATE TABLE notes (device TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT",
      },
    ],
    postgres: [
      { number: ${NEXT.postgres}, name: "notes", sql: "CREATE TABLE notes (device TEXT PRIMARY KEY, text TEXT NOT NULL)" },
    ],
  },
  open: ({ all, write }) => ({
    note: async (device) => (await all(sql.selectFrom("notes").select("text").where("device", "=", device)))[0]?.text,
    putNote: (device, text) =>
      write(function* ({ run }) {
        const put = sql.insertInto("notes").values({ device, text });
        yield* run(put.onConflict((c) => c.column("device").doUpdateSet({ text })));
      }),
  }),
};
`,
    "server/db/config/notes/contract.ts": `
import { expect, test } from "vitest";
import type { ConfigStoreUnderTest } from "../../configStoreContract";

export function contract(opened: () => ConfigStoreUnderTest): void {
  test("notes are kept by device", async () => {
    const { store } = opened();
    expect(await store.note("lamp")).toBeUndefined();
    await store.putNote("lamp", "flickers");
    expect(await store.note("lamp")).toBe("flickers");
  });
}
`,
  },
  lines: [
    {
      file: "server/db/config/tables.ts",
      behind: 'import { dashboards } from "./dashboards";',
      add: 'import { notes } from "./notes";',
    },
    { file: "server/db/config/tables.ts", behind: "  settings,", add: "  notes," },
  ],
};
