import { beforeEach, expect, test } from "vitest";
import type { ConfigStoreUnderTest } from "../../configStoreContract";

export function contract(opened: () => ConfigStoreUnderTest): void {
  let under: ConfigStoreUnderTest;
  beforeEach(() => {
    under = opened();
  });

  test("CL-22: gaps in the recording are told for their broker and time, merged, and forgotten with their readings", async () => {
    const { store, sql } = under;
    expect(await store.recordingGaps("main", 0, 1e15)).toEqual([]);
    await sql(`INSERT INTO recording_gaps (broker, t0, t1, why) VALUES
      ('main', 100, 200, 'no-recorder'), ('main', 150, 300, 'no-recorder'), ('main', 400, 500, 'broker-lost'),
      ('main', 600, 700, 'a reason of tomorrow'), ('garage', 100, 200, 'ring-full') RETURNING t0`);
    const first = { from: 100, to: 300, why: "no-recorder" };
    expect(await store.recordingGaps("main", 0, 1000)).toEqual([
      first,
      { from: 400, to: 500, why: "broker-lost" },
      { from: 600, to: 700, why: "no-recorder" },
    ]);
    expect(await store.recordingGaps("main", 200, 400)).toEqual([{ ...first, from: 150 }]);
    expect(await store.recordingGaps("main", 299.5, 400.5)).toHaveLength(2);
    await store.forgetGaps(450);
    expect((await store.recordingGaps("main", 0, 1000)).map(({ from }) => from)).toEqual([400, 600]);
    expect(await store.recordingGaps("garage", 0, 1000)).toEqual([]);
  });
}
