import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Broker } from "../../lib/broker";
import { Command } from "../../lib/command";
import { Dashboard } from "../../lib/dashboard";
import { Registration } from "../../lib/registration";
import type { CommandRecord, ConfigStore } from "../ports";

export interface ConfigStoreUnderTest {
  store: ConfigStore;
  /** The same data seen by a new store, as after a kill and a restart; absent where nothing outlives the process. */
  restart?(): Promise<ConfigStore>;
  /** Makes every write fail from now on. */
  breakWrites(): void;
  dispose(): Promise<void>;
}

const broker = (id: string, more: object = {}) => Broker.parse({ id, url: "mqtt://broker.example:1883", ...more });
const registration = (id: string, more: object = {}) => Registration.parse({ id, filter: `plant/${id}`, ...more });
const dashboard = (slug: string, more: object = {}) => Dashboard.parse({ slug, title: slug, tiles: [], ...more });

function command(more: object = {}): CommandRecord {
  const sent = { id: randomUUID(), point: "pump", value: true, by: "alex", at: 1000, state: "sent", ...more };
  return { command: Command.parse(sent), userId: "u1", address: "192.0.2.7" };
}

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

    test("ST-12: the trail is read newest first, in pages, and by target", async () => {
      for (let i = 1; i <= 5; i++) {
        const target = i % 2 ? "pump" : "lamp";
        await store.appendAudit({ at: i, actor: "alex", action: "edit", target, detail: { i }, address: null });
      }
      const first = await store.audit({ limit: 2 });
      expect(first.map((e) => e.at)).toEqual([5, 4]);
      const next = await store.audit({ limit: 2, before: first[1]?.id });
      expect(next.map((e) => e.at)).toEqual([3, 2]);
      expect((await store.audit({ limit: 10, target: "pump" })).map((e) => e.detail)).toEqual([
        { i: 5 },
        { i: 3 },
        { i: 1 },
      ]);
    });

    test("ST-13: a command and its audit row are written together", async () => {
      const record = command();
      await store.openCommand(record);
      expect(await store.commandsOf(record.command.point, 10)).toEqual([record.command]);
      expect(await store.audit({ limit: 10 })).toEqual([
        {
          id: expect.any(Number),
          at: 1000,
          actor: "alex",
          action: "command",
          target: "pump",
          detail: { id: record.command.id, value: true, state: "sent", userId: "u1" },
          address: "192.0.2.7",
        },
      ]);
    });

    test("ST-13: the same command id is refused a second time, and leaves no second audit row", async () => {
      const record = command();
      await store.openCommand(record);
      expect(await store.openCommand(record)).toBe("duplicate");
      expect(await store.audit({ limit: 10 })).toHaveLength(1);
    });

    test("ST-13: when the disk refuses, opening a command rejects and leaves nothing", async () => {
      under.breakWrites();
      const record = command();
      await expect(store.openCommand(record)).rejects.toThrow();
      await expect(store.check()).rejects.toThrow();
      expect(await store.commandsOf(record.command.point, 10)).toEqual([]);
      expect(await store.audit({ limit: 10 })).toEqual([]);
    });

    test("ST-14: open commands are those that may still be answered", async () => {
      const [sent, acked, assumed, done] = [
        command({ at: 1 }),
        command({ at: 2 }),
        command({ at: 3 }),
        command({ at: 4 }),
      ] as const;
      for (const record of [sent, acked, assumed, done]) await store.openCommand(record);
      const become = (record: CommandRecord, more: object) =>
        store.updateCommand(Command.parse({ ...record.command, ...more }));
      await become(acked, { state: "acked", ackedAt: 5, assumed: false });
      await become(assumed, { state: "acked", ackedAt: 5, assumed: true });
      await become(done, { state: "confirmed", endedAt: 9, late: false });
      expect((await store.openCommands()).map((c) => [c.at, c.state])).toEqual([
        [1, "sent"],
        [2, "acked"],
      ]);
      expect((await store.commandsOf(sent.command.point, 2)).map((c) => [c.at, c.state])).toEqual([
        [4, "confirmed"],
        [3, "acked"],
      ]);
    });

    test("CM-41: the newest command of a point is unsettled until it is confirmed, dismissed or overtaken", async () => {
      const [first, second] = [command({ at: 1 }), command({ at: 1 })] as const;
      await store.openCommand(first);
      const become = (record: CommandRecord, more: object) => Command.parse({ ...record.command, ...more });
      const unconfirmed = become(first, { state: "unconfirmed", endedAt: 9, reason: "silence" });
      await store.updateCommand(unconfirmed);
      expect(await store.unsettledCommands()).toEqual([unconfirmed]);
      await store.openCommand(second);
      expect(await store.unsettledCommands()).toEqual([]);
      // Its end is written behind the next one's beginning: a superseded value must not be brought up again.
      await store.updateCommand(unconfirmed);
      expect(await store.unsettledCommands()).toEqual([]);
      const unknown = become(second, { state: "unknown", endedAt: 9, reason: "lost" });
      await store.updateCommand(unknown);
      expect(await store.unsettledCommands()).toEqual([unknown]);
      const audit = { at: 10, actor: "alex", action: "command-dismissed", target: "pump", detail: {}, address: null };
      await store.dismissCommand(become(second, { ...unknown, dismissed: { by: "alex", at: 10 } }), audit);
      expect(await store.unsettledCommands()).toEqual([]);
      expect((await store.command(second.command.id))?.command.dismissed).toEqual({ by: "alex", at: 10 });
      expect(await store.audit({ limit: 1 })).toMatchObject([{ action: "command-dismissed" }]);
    });

    test("CM-41: a refusal that everyone is shown is kept with its audit row; the command that it ended stays", async () => {
      const refused = command({ state: "refused", code: "too-late", reason: "Not sent" });
      const audit = { at: 10, actor: "alex", action: "command-refused", target: "pump", detail: {}, address: null };
      await store.addRefusal(refused, audit);
      expect(await store.unsettledCommands()).toEqual([refused.command]);
      expect(await store.openCommand(refused)).toBe("duplicate");
      const sent = command();
      await store.openCommand(sent);
      await store.addRefusal({ ...sent, command: Command.parse({ ...refused.command, id: sent.command.id }) }, audit);
      expect(await store.command(sent.command.id)).toEqual({ command: sent.command, userId: "u1" });
      expect(await store.command("elsewhere")).toBeUndefined();
    });

    test("ST-14: an unknown command cannot be updated", async () => {
      await expect(store.updateCommand(command().command)).rejects.toThrow(/no command/);
    });

    test("ST-15: settings are kept by key", async () => {
      expect(await store.setting("k")).toBeUndefined();
      await store.putSetting("k", "1");
      await store.putSetting("k", "2");
      expect(await store.setting("k")).toBe("2");
      await expect(store.check()).resolves.toBeUndefined();
    });

    test("ST-16: what a promise said is written is there after a restart", async ({ skip }) => {
      if (!under.restart) return skip();
      const record = command();
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
