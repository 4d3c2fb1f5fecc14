import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { Command } from "../../../lib/command";
import type { LivePoint } from "../../ports";
import { createFakeClock } from "../../testing/fakeClock";
import { createMemoryConfigStore } from "../../testing/memoryConfigStore";
import { createOtherCommands } from "./otherCommands";

function setup() {
  const clock = createFakeClock();
  const store = createMemoryConfigStore();
  const shown: string[] = [];
  const own = new Set<string>();
  const others = createOtherCommands(
    {
      clock,
      store,
      live: {
        get: () => ({}) as LivePoint,
        applyCommand: (command) => void shown.push(`${command.point} ${command.state}`),
      },
    },
    (id) => own.has(id),
  );
  async function open(point: string) {
    const command = Command.parse({ id: randomUUID(), point, value: true, by: "ana", at: 1000, state: "sent" });
    await store.openCommand({ command, userId: "u1", address: null });
    return command;
  }
  const become = (command: Command, more: object) => store.updateCommand(Command.parse({ ...command, ...more }));
  return { store, shown, own, others, open, become };
}

const CONFIRMED = { state: "confirmed", endedAt: 2000, late: false };

test("CL-50: a command of another node and its outcome are shown, one of this node is not shown twice", async () => {
  const { others, open, become, shown, own } = setup();
  const pump = await open("pump");
  await others.changed(pump.id);
  await become(pump, CONFIRMED);
  await others.changed(pump.id);
  own.add((await open("lamp")).id);
  await others.changed([...own][0]);
  await others.changed(randomUUID());
  expect(shown).toEqual(["pump sent", "pump confirmed"]);
});

test("CL-51: where notices were lost, the end of what was shown as under way is asked for", async () => {
  const { others, open, become, shown } = setup();
  const [pump, lamp] = [await open("pump"), await open("lamp")];
  await others.changed(pump.id);
  await become(pump, CONFIRMED);
  await others.changed(undefined);
  expect(shown.sort()).toEqual(["lamp sent", "pump confirmed", "pump sent"]);
  shown.length = 0;
  await become(lamp, CONFIRMED);
  await others.changed(undefined);
  await others.changed(undefined);
  expect(shown).toEqual(["lamp confirmed"]);
});

test("CL-41: what a dead node left open becomes unknown, and what had ended stays as it is", async () => {
  const { others, open, become, shown, store } = setup();
  const [pump, lamp] = [await open("pump"), await open("lamp")];
  await become(lamp, CONFIRMED);
  await others.settle([pump.id, lamp.id, randomUUID()]);
  await others.settle([pump.id]);
  expect(shown).toEqual(["pump unknown"]);
  expect((await store.command(pump.id))?.command).toMatchObject({ state: "unknown" });
  expect((await store.command(lamp.id))?.command).toMatchObject(CONFIRMED);
  expect(await store.openCommands()).toEqual([]);
});
