import { beforeEach, expect, test } from "vitest";
import { Command } from "../../../../lib/command";
import { say } from "../../../../lib/texts/said";
import type { CommandRecord, ConfigStore } from "../../../ports";
import { commandRecord } from "../../commandRecord";
import type { ConfigStoreUnderTest } from "../../configStoreContract";

export function contract(opened: () => ConfigStoreUnderTest): void {
  let store: ConfigStore;
  beforeEach(() => {
    store = opened().store;
  });

  test("ST-13: a command and its audit row are written together", async () => {
    const record = commandRecord();
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
    const record = commandRecord();
    await store.openCommand(record);
    expect(await store.openCommand(record)).toBe("duplicate");
    expect(await store.audit({ limit: 10 })).toHaveLength(1);
  });

  test("ST-13: when the disk refuses, opening a command rejects and leaves nothing", async () => {
    await opened().breakWrites();
    const record = commandRecord();
    await expect(store.openCommand(record)).rejects.toThrow();
    await expect(store.check()).rejects.toThrow();
    expect(await store.commandsOf(record.command.point, 10)).toEqual([]);
    expect(await store.audit({ limit: 10 })).toEqual([]);
  });

  test("ST-14: open commands are those that may still be answered", async () => {
    const [sent, acked, assumed, done] = [
      commandRecord({ at: 1 }),
      commandRecord({ at: 2 }),
      commandRecord({ at: 3 }),
      commandRecord({ at: 4 }),
    ] as const;
    const all = [sent, acked, assumed, done];
    // Where several nodes write, only what supersedes the last one may come to a point that is taken.
    for (const [i, record] of all.entries())
      await store.openCommand({ ...record, supersedes: all.slice(0, i).map(({ command }) => command.id) });
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
    const [first, second] = [commandRecord({ at: 1 }), commandRecord({ at: 1 })] as const;
    await store.openCommand(first);
    const become = (record: CommandRecord, more: object) => Command.parse({ ...record.command, ...more });
    const unconfirmed = become(first, { state: "unconfirmed", endedAt: 9, reason: "silence" });
    await store.updateCommand(unconfirmed);
    expect(await store.unsettledCommands()).toEqual([unconfirmed]);
    await store.openCommand({ ...second, supersedes: [first.command.id] });
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
    const reason = say("commands.brokerOffline", { broker: "Farm", why: say("commands.faultLost") });
    const refused = commandRecord({ state: "refused", code: "too-late", reason });
    const audit = { at: 10, actor: "alex", action: "command-refused", target: "pump", detail: {}, address: null };
    await store.addRefusal(refused, audit);
    expect(await store.unsettledCommands()).toEqual([refused.command]);
    expect(await store.openCommand(refused)).toBe("duplicate");
    const sent = commandRecord();
    await store.openCommand(sent);
    await store.addRefusal({ ...sent, command: Command.parse({ ...refused.command, id: sent.command.id }) }, audit);
    expect(await store.command(sent.command.id)).toEqual({ command: sent.command, userId: "u1" });
    expect(await store.command("elsewhere")).toBeUndefined();
  });

  test("ST-14: an unknown command cannot be updated", async () => {
    await expect(store.updateCommand(commandRecord().command)).rejects.toThrow(/no command/);
  });
}
