import { type ConfigTable, sqlOver } from "../access";

export interface SettingsTable {
  setting(key: string): Promise<string | undefined>;
  putSetting(key: string, value: string): Promise<void>;
  /** Throws when the store cannot be written. */
  check(): Promise<void>;
}

const sql = sqlOver<{ settings: { key: string; value: string } }>();

/** How long a successful check counts, so that a probe in a loop does not wear the disk. */
const CHECK_VALID_MS = 5000;

export const settings: ConfigTable<SettingsTable> = {
  open({ all, run, write, now }) {
    /** By the monotonic clock. */
    let checkedAt = Number.NEGATIVE_INFINITY;

    function put(key: string, value: string): void {
      run(
        sql
          .insertInto("settings")
          .values({ key, value })
          .onConflict((c) => c.column("key").doUpdateSet({ value }))
          .compile(),
      );
    }

    return {
      async setting(key) {
        return all(sql.selectFrom("settings").select("value").where("key", "=", key).compile())[0]?.value;
      },
      putSetting: (key, value) => write(() => put(key, value)),
      async check() {
        if (performance.now() - checkedAt < CHECK_VALID_MS) return;
        checkedAt = Number.NEGATIVE_INFINITY;
        await write(() => put("checked-at", String(now())));
        checkedAt = performance.now();
      },
    };
  },
};
