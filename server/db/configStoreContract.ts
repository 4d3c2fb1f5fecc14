import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Broker } from "../../lib/broker";
import { type Dashboard, DashboardIn } from "../../lib/dashboard";
import { numbered } from "../../lib/dashboard/ids";
import { Registration } from "../../lib/registration";
import type { ConfigStore } from "../ports";
import { commandRecord } from "./commandRecord";

export interface ConfigStoreUnderTest {
  store: ConfigStore;
  /** The same data seen by a new store, as after a kill and a restart; absent where nothing outlives the process. */
  restart?(): Promise<ConfigStore>;
  /** The database past the store: what no method tells, and what somebody with access to it could change. */
  sql<Row>(statement: string): Promise<Row[]>;
  /** Makes every write fail from now on. */
  breakWrites(): void | Promise<void>;
  dispose(): Promise<void>;
}

const broker = (id: string, more: object = {}) => Broker.parse({ id, url: "mqtt://broker.example:1883", ...more });
const registration = (id: string, more: object = {}) => Registration.parse({ id, filter: `plant/${id}`, ...more });
const dashboard = (slug: string, more: object = {}) => numbered(DashboardIn.parse({ slug, title: slug, ...more }));

/** What each table must do: the tests are in its folder. */
const contracts = import.meta.glob<(opened: () => ConfigStoreUnderTest) => void>("./config/*/contract.ts", {
  eager: true,
  import: "contract",
});

/** What every ConfigStore must do. `open` answers an empty one. */
export function configStoreContract(name: string, open: () => Promise<ConfigStoreUnderTest>): void {
  describe(`config store: ${name}`, () => {
    let under: ConfigStoreUnderTest;
    let store: ConfigStore;
    beforeEach(async () => {
      under = await open();
      store = under.store;
    });
    afterEach(() => under.dispose());

    test("HS-4: some tables have a contract of their own", () => {
      expect(Object.keys(contracts).length).toBeGreaterThan(2);
    });
    for (const contract of Object.values(contracts)) contract(() => under);

    test("ST-10: what is put reads back as written, in the order it was first put", async () => {
      const brokers = [broker("z", { name: "Z", username: "u", password: "pässword", verify: false }), broker("a")];
      const topics = [
        registration("pump", { type: "boolean", payloads: { on: "ON", off: "OFF" }, command: { topic: "pump/set" } }),
        registration("climate", { filter: "g/+/c", values: { t: { value: "$.t", unit: "°C" } }, name: "{1} 🌡" }),
      ];
      const tile = { kind: "gauge", point: "pump", w: 3, options: { deep: { list: [1, null, "x"] } } };
      const boards = [dashboard("plant", { tiles: [tile] }), dashboard("attic")];
      for (const b of brokers) await store.putBroker(b);
      for (const t of topics) await store.putRegistration(t);
      for (const d of boards) await store.putDashboard(d);

      await store.putBroker({ ...brokers[0], name: "renamed" } as Broker);
      await store.putRegistration({ ...topics[0], name: "renamed" } as Registration);
      await store.putDashboard({ ...boards[0], title: "renamed" } as Dashboard);

      expect(await store.brokers()).toEqual([{ ...brokers[0], name: "renamed" }, brokers[1]]);
      expect(await store.registrations()).toEqual([{ ...topics[0], name: "renamed" }, topics[1]]);
      expect(await store.dashboards()).toEqual([{ ...boards[0], title: "renamed" }, boards[1]]);
    });

    test("ST-10: many registered topics are put as one, new ones behind those that are there", async () => {
      await store.putRegistration(registration("pump"));
      await store.putRegistrations([registration("b"), registration("pump", { name: "renamed" }), registration("a")]);
      await store.putRegistrations([]);
      expect((await store.registrations()).map(({ id, name }) => [id, name])).toEqual([
        ["pump", "renamed"],
        ["b", undefined],
        ["a", undefined],
      ]);
    });

    test("LV-46: what did not change between two reads is the same object", async () => {
      await store.putRegistrations([registration("a"), registration("b")]);
      const before = await store.registrations();
      await store.putRegistration(registration("b", { name: "renamed" }));
      const now = await store.registrations();
      expect(now[0]).toBe(before[0]);
      expect(now[1]).toMatchObject({ id: "b", name: "renamed" });
      expect((await store.registrations())[1]).toBe(now[1]);
    });

    test("ST-10: a secret that is left away on the next put is gone", async () => {
      await store.putBroker(broker("main", { password: "p", key: "-----BEGIN KEY-----" }));
      await store.putBroker(broker("main", { key: "-----BEGIN KEY-----" }));
      expect(await store.brokers()).toEqual([broker("main", { key: "-----BEGIN KEY-----" })]);
    });

    test("ST-42: a version grows with each change, and is never had twice, also by what is made again", async () => {
      const seen = new Set<number>();
      const look = async () => {
        const { brokers, registrations, dashboards } = await store.versions();
        return [brokers.get("main"), registrations.get("pump"), dashboards.get("plant")];
      };
      for (let round = 0; round < 3; round++) {
        await store.putBroker(broker("main", { name: `n${round}` }));
        await store.putRegistration(registration("pump"));
        await store.putRegistrations([registration("pump"), registration("b")]);
        await store.putDashboard(dashboard("plant"));
        for (const version of await look()) {
          expect(version).toBeGreaterThan(Math.max(0, ...seen));
        }
        for (const version of await look()) seen.add(version as number);
        if (round === 1) {
          await Promise.all([
            store.deleteBroker("main"),
            store.deleteRegistration("pump"),
            store.deleteDashboard("plant"),
          ]);
          expect(await look()).toEqual([undefined, undefined, undefined]);
        }
      }
      expect(seen.size).toBe(9);
    });

    test("ST-11: deleting says whether there was something to delete", async () => {
      await store.putBroker(broker("main"));
      await store.putRegistration(registration("pump"));
      await store.putDashboard(dashboard("plant"));
      const deletions = () =>
        Promise.all([store.deleteBroker("main"), store.deleteRegistration("pump"), store.deleteDashboard("plant")]);
      expect(await deletions()).toEqual([true, true, true]);
      expect(await deletions()).toEqual([false, false, false]);
      expect([await store.brokers(), await store.registrations(), await store.dashboards()]).toEqual([[], [], []]);
    });

    test("ST-16: what a promise said is written is there after a restart", async ({ skip }) => {
      if (!under.restart) return skip();
      const record = commandRecord();
      await store.putBroker(broker("main", { password: "hunter2" }));
      await store.putRegistration(registration("pump"));
      await store.openCommand(record);
      const again = await under.restart();
      expect(await again.brokers()).toEqual([broker("main", { password: "hunter2" })]);
      expect(await again.registrations()).toEqual([registration("pump")]);
      expect(await again.openCommands()).toEqual([record.command]);
      expect(await again.audit({ limit: 10 })).toHaveLength(1);
    });

    test("ST-10: keys that JavaScript treats specially are data", async () => {
      const tile = JSON.parse('{"kind": "value", "options": {"constructor": 1, "toString": "x"}}');
      await store.putDashboard(dashboard("plant", { tiles: [tile] }));
      await store.putSetting("__proto__", "x");
      expect(await store.dashboards()).toEqual([dashboard("plant", { tiles: [tile] })]);
      expect(await store.setting("__proto__")).toBe("x");
    });
  });
}
