import type { Flow } from "../../flow";
import { type ConfigTable, type Statements, sqlOver } from "../access";

export interface EntriesChange {
  put?: Iterable<readonly [key: string, value: string]>;
  /** Before the others are put. */
  remove?: Iterable<string>;
  /** They take the place of the setting that is one text. Where there is none any more this was done already, and nothing changes. */
  instead?: string;
}

export interface SettingsTable {
  setting(key: string): Promise<string | undefined>;
  putSetting(key: string, value: string): Promise<void>;
  /** A setting of many entries, each written by itself: what two nodes write at once is both kept. */
  entries(setting: string): Promise<ReadonlyMap<string, string>>;
  changeEntries(setting: string, change: EntriesChange): Promise<void>;
  /** Throws when the store cannot be written. */
  check(): Promise<void>;
}

const sql = sqlOver<{
  settings: { key: string; value: string };
  setting_entries: { setting: string; key: string; value: string };
}>();
const columns = "setting TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (setting, key)";

/** How long a successful check counts, so that a probe in a loop does not wear the disk. */
const CHECK_VALID_MS = 5000;

/** By this note each start sees whether it has the secret that the others had (../../secretCanary.ts). */
export const CANARY = "secret-check";

export const settings: ConfigTable<SettingsTable> = {
  sealed: [
    { table: "settings", key: "key", column: "value", contextOf: (key) => (key === CANARY ? CANARY : undefined) },
  ],
  migrations: {
    sqlite: [
      {
        number: 5,
        name: "entries of settings",
        sql: `CREATE TABLE setting_entries (${columns}) STRICT, WITHOUT ROWID`,
      },
    ],
    postgres: [
      { number: 7, name: "entries of settings", expands: true, sql: `CREATE TABLE setting_entries (${columns})` },
    ],
  },
  open({ all, write, now }) {
    /** By the monotonic clock. */
    let checkedAt = Number.NEGATIVE_INFINITY;

    function put({ run }: Statements, key: string, value: string): Flow<number> {
      const insert = sql.insertInto("settings").values({ key, value });
      return run(insert.onConflict((c) => c.column("key").doUpdateSet({ value })));
    }

    return {
      async setting(key) {
        const [row] = await all(sql.selectFrom("settings").select("value").where("key", "=", key));
        return row?.value;
      },
      putSetting: (key, value) =>
        write(function* (statements) {
          yield* put(statements, key, value);
          statements.changed("settings", key);
        }),
      async entries(setting) {
        const rows = await all(
          sql.selectFrom("setting_entries").select(["key", "value"]).where("setting", "=", setting).orderBy("key"),
        );
        return new Map(rows.map(({ key, value }) => [key, value]));
      },
      changeEntries: (setting, { put: given = [], remove = [], instead }) =>
        write(function* (statements) {
          const { run, insertEach, changed } = statements;
          if (instead !== undefined && (yield* run(sql.deleteFrom("settings").where("key", "=", instead))) === 0)
            return;
          for (const key of remove)
            yield* run(sql.deleteFrom("setting_entries").where("setting", "=", setting).where("key", "=", key));
          const insert = sql
            .insertInto("setting_entries")
            .values({ setting, key: "", value: "" })
            .onConflict((c) =>
              c.columns(["setting", "key"]).doUpdateSet((row) => ({ value: row.ref("excluded.value") })),
            );
          // The last of each key: Postgres refuses a statement that changes a row twice.
          yield* insertEach(
            insert,
            Array.from(new Map(given), ([key, value]) => [setting, key, value]),
          );
          changed("settings", setting);
        }),
      async check() {
        if (performance.now() - checkedAt < CHECK_VALID_MS) return;
        checkedAt = Number.NEGATIVE_INFINITY;
        await write((statements) => put(statements, "checked-at", String(now())));
        checkedAt = performance.now();
      },
    };
  },
};
