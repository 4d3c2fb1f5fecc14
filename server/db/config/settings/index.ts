import type { Flow } from "../../flow";
import { type ConfigTable, type Statements, sqlOver } from "../access";

export interface SettingsTable {
  setting(key: string): Promise<string | undefined>;
  putSetting(key: string, value: string): Promise<void>;
  /** Throws when the store cannot be written. */
  check(): Promise<void>;
}

const sql = sqlOver<{ settings: { key: string; value: string } }>();

/** How long a successful check counts, so that a probe in a loop does not wear the disk. */
const CHECK_VALID_MS = 5000;

/** By this note each start sees whether it has the secret that the others had (../../secretCanary.ts). */
export const CANARY = "secret-check";

export const settings: ConfigTable<SettingsTable> = {
  sealed: [
    { table: "settings", key: "key", column: "value", contextOf: (key) => (key === CANARY ? CANARY : undefined) },
  ],
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
      async check() {
        if (performance.now() - checkedAt < CHECK_VALID_MS) return;
        checkedAt = Number.NEGATIVE_INFINITY;
        await write((statements) => put(statements, "checked-at", String(now())));
        checkedAt = performance.now();
      },
    };
  },
};
