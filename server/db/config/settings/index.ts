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
  open({ all, write, now }) {
    /** By the monotonic clock. */
    let checkedAt = Number.NEGATIVE_INFINITY;

    function put(key: string, value: string): Promise<number> {
      const insert = sql.insertInto("settings").values({ key, value });
      return write(({ run }) => run(insert.onConflict((c) => c.column("key").doUpdateSet({ value }))));
    }

    return {
      async setting(key) {
        const [row] = await all(sql.selectFrom("settings").select("value").where("key", "=", key));
        return row?.value;
      },
      putSetting: async (key, value) => void (await put(key, value)),
      async check() {
        if (performance.now() - checkedAt < CHECK_VALID_MS) return;
        checkedAt = Number.NEGATIVE_INFINITY;
        await put("checked-at", String(now()));
        checkedAt = performance.now();
      },
    };
  },
};
