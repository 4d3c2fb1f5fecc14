import { describe, expect, test } from "vitest";
import type { Command } from "../../../lib/command";
import type { CommandId } from "../../../lib/ids";
import { asWording } from "../../../lib/texts/said";
import { saying } from "../../../lib/texts/said.harness";
import { createCommandHarness, harnessForEachTest, PUMP, refusal, session } from "./commandService.harness";

// A clock that stands at zero has no past.
const h = harnessForEachTest({ atMs: 1_000_000 });

const who = (name = "Ada") => ({ session: session(name), address: null });
const audit = async (action: string) => (await h.store.audit({ limit: 50 })).filter((row) => row.action === action);

describe("a gesture expires", () => {
  test("CM-31: what arrives up to three seconds after the press is sent, what arrives later is not, and is audited", async () => {
    expect(refusal(await h.press(true, { expiry: h.pressed(2999) }))).toBe("acked");
    await h.report(true);
    for (const late of [3001, 5000, 20_000, 76_000]) {
      const command = await h.press(false, { expiry: h.pressed(late) });
      expect(command).toMatchObject({
        code: "too-late",
        reason: saying("connection was interrupted"),
      });
    }
    expect(h.published).toHaveLength(1);
    expect((await audit("command-refused")).map((row) => row.detail.code)).toEqual(Array(4).fill("too-late"));
    expect(h.last()).toMatchObject({ state: "refused", code: "too-late" });
  });

  test("CM-101: the age is the server's stamp and the page's ms since then, whatever they are made of", async () => {
    const by = (stampAgo: number, since: number) => ({
      by: "page" as const,
      age: { epoch: "test", stamp: h.clock.now() - stampAgo, since },
    });
    // A heartbeat of four seconds ago, pressed just now; and one pressed right after it, held up for four seconds.
    expect(refusal(await h.press(true, { expiry: by(4000, 3900) }))).toBe("acked");
    await h.report(true);
    expect(refusal(await h.press(false, { expiry: by(4000, 100) }))).toBe("too-late");
  });

  test.each([
    ["no stamp on this connection yet", () => null],
    ["a stamp of another run", () => ({ epoch: "before", stamp: h.clock.now(), since: 0 })],
    ["a stamp of the future", () => ({ epoch: "test", stamp: h.clock.now() + 60_000, since: 0 })],
    ["a page that has heard nothing for long", () => ({ epoch: "test", stamp: h.clock.now() - 60_000, since: 60_000 })],
  ])("CM-32: %s is refused, and says why", async (_what, age) => {
    const command = await h.press(true, { expiry: { by: "page", age: age() } });
    expect(command).toMatchObject({ code: "too-late", reason: saying(/^Not sent: /) });
    expect(h.published).toEqual([]);
  });

  test("CM-33: a program's command expires when it says, or never; also while it is being written down", async () => {
    const at = h.clock.now() + 500;
    expect(refusal(await h.press(true, { expiry: { by: "time", at } }))).toBe("acked");
    await h.report(true);
    expect(refusal(await h.press(false, { expiry: { by: "time", at: at - 501 } }))).toBe("too-late");
    expect(refusal(await h.press(false, { expiry: { by: "never" } }))).toBe("acked");
    await h.report(false);
    h.world.openCommand = async (record) => {
      const opened = await h.store.openCommand(record);
      await h.clock.advanceAsync(600);
      return opened;
    };
    expect(refusal(await h.press(true, { expiry: { by: "time", at: h.clock.now() + 500 } }))).toBe("too-late");
    expect(h.published).toHaveLength(2);
  });

  test("CM-102: who may not operate the point puts no word on its tile by being late", async () => {
    await h.press(true, { expiry: h.pressed(9000) }, session("Vic", "viewer"));
    expect(h.shown).toEqual([]);
    expect(await audit("command-refused")).toHaveLength(1);
    expect(await h.store.unsettledCommands()).toEqual([]);
  });
});

describe("what became of it", () => {
  test("CM-34: an id that is not known when it is asked for is never accepted; both together are one row", async () => {
    const asked = h.request(true);
    const gesture = { id: asked.id, point: PUMP, value: true };
    expect(await h.commands.fate(gesture, who())).toMatchObject({ state: "refused", code: "too-late" });
    expect(refusal(await h.send(asked))).toBe("too-late");
    expect(refusal(await h.commands.fate(gesture, who()))).toBe("too-late");
    expect(h.published).toEqual([]);
    expect(await audit("command-refused")).toHaveLength(1);
  });

  test("CM-34: one that was sent is told as it is, also when this run does not know of it; nobody else's is told", async () => {
    const asked = h.request(true);
    const gesture = { id: asked.id, point: PUMP, value: true };
    await h.send(asked);
    expect(await h.commands.fate(gesture, who())).toMatchObject({ state: "acked" });
    expect(refusal(await h.commands.fate(gesture, who("Bo")))).toBe("duplicate");
    const before = { ...gesture, id: crypto.randomUUID() as CommandId, by: "Ada", at: 1, endedAt: 2 };
    const unknown = { ...before, state: "unknown", reason: asWording("restarted") } as const;
    await h.store.openCommand({ command: unknown, userId: "id-Ada", address: null });
    expect(await h.commands.fate({ id: before.id, point: PUMP, value: true }, who())).toEqual(unknown);
    expect(h.published).toHaveLength(1);
  });

  test("CM-34: a command that overtakes its own question while the store is asked is refused too", async () => {
    const asked = h.request(true);
    const fate = h.commands.fate({ id: asked.id, point: PUMP, value: true }, who());
    const sent = h.send(asked);
    expect([refusal(await fate), refusal(await sent)]).toEqual(["too-late", "too-late"]);
    expect(h.published).toEqual([]);
  });

  test("CM-39: an id that was used before the restart is told as that, and the old command stays as it was", async () => {
    const asked = h.request(true);
    const old = {
      id: asked.id,
      point: PUMP,
      value: true,
      by: "Ada",
      at: 1,
      state: "confirmed",
      endedAt: 2,
      late: false,
    };
    await h.store.openCommand({ command: old as Command, userId: "id-Ada", address: null });
    expect(await h.send(asked)).toMatchObject({
      code: "duplicate",
      reason: saying("accepted before"),
    });
    await h.settle();
    expect((await h.store.command(asked.id))?.command).toEqual(old);
    expect(h.published).toEqual([]);
  });
});

describe("what was acted on", () => {
  test("CM-35: a point that means something else since then takes no command, and what is there now is told", async () => {
    h.world.rev = 8;
    expect(await h.press(true, { rev: 7 })).toMatchObject({
      code: "changed",
      reason: saying("Pump"),
      now: { name: "Pump", value: null },
    });
    expect(h.published).toEqual([]);
    expect(refusal(await h.press(true, { rev: 8 }))).toBe("acked");
  });
});

describe("switching off in fright", () => {
  test("CM-36: the opposite by the same person supersedes what is under way, however often and fast", async () => {
    const codes: string[] = [];
    for (let i = 0; i < 8; i++) {
      codes.push(refusal(await h.press(i % 2 === 0)));
      await h.clock.advanceAsync(100);
    }
    expect(new Set(codes)).toEqual(new Set(["acked"]));
    expect(h.published.map(({ payload }) => payload).slice(0, 4)).toEqual(["true", "false", "true", "false"]);
    expect(
      h
        .states()
        .slice(0, -1)
        .every((state) => state === "unconfirmed"),
    ).toBe(true);
    await h.report(false);
    expect(h.states().at(-1)).toBe("confirmed");
  });

  test("CM-36: the same again is busy, another person's opposite too, and a loop is stopped", async () => {
    await h.press(true);
    expect(refusal(await h.press(true))).toBe("busy");
    expect(refusal(await h.press(false, {}, session("Bo")))).toBe("busy");
    const codes: string[] = [];
    for (let i = 0; i < 30; i++) codes.push(refusal(await h.press(i % 2 === 1)));
    expect(codes.filter((code) => code === "acked").length).toBeLessThanOrEqual(10);
    expect(codes.at(-1)).toBe("too-fast");
  });

  test("CM-36: the opposite of what another person asked for is held to the rates", async () => {
    await h.press(true);
    await h.report(true);
    await h.press(false, {}, session("Bo"));
    await h.report(false);
    expect(refusal(await h.press(true))).toBe("too-fast");
  });

  test("CM-37: the loser of a duel hears who was first, also beyond the rate", async () => {
    h.world.command = { ...h.world.command, kind: "select" };
    await h.press("a");
    for (let i = 0; i < 4; i++)
      expect(await h.press("b", {}, session("Bo"))).toMatchObject({
        code: "busy",
        reason: saying("Ada's"),
      });
  });
});

describe("what was not confirmed stays", () => {
  test("CM-40: a broker without a subscriber for it is noted, to the command's end", async () => {
    h.world.outcome = { outcome: "acked", unheard: true };
    expect(await h.press(true)).toMatchObject({ state: "acked", unheard: true });
    await h.clock.advanceAsync(5000);
    expect(h.last()).toMatchObject({ state: "unconfirmed", unheard: true });
  });

  test("CM-41: it is shown again after a restart, for everybody", async () => {
    await h.press(true);
    await h.clock.advanceAsync(5000);
    const [kept] = await h.store.unsettledCommands();
    expect(kept).toMatchObject({ state: "unconfirmed" });
    const next = createCommandHarness();
    await next.store.openCommand({ command: kept as Command, userId: "id-Ada", address: null });
    await next.commands.start();
    expect(next.last()).toEqual(kept);
    await next.commands.stop();
  });

  test("CM-42: who may operate the point dismisses it, for everybody and in the audit; others cannot", async () => {
    const { id } = await h.press(true, { expiry: h.pressed(9000) });
    await h.settle();
    const vic = { session: session("Vic", "viewer"), address: null };
    expect(await h.commands.dismiss({ id, point: PUMP }, vic)).toMatchObject({
      ok: false,
      error: { code: "not-allowed" },
    });
    expect(await h.commands.dismiss({ id, point: PUMP }, who("Bo"))).toMatchObject({ ok: true });
    expect(h.last()).toMatchObject({ id, code: "too-late", dismissed: { by: "Bo" } });
    expect(await h.store.unsettledCommands()).toEqual([]);
    expect(await audit("command-dismissed")).toMatchObject([{ actor: "Bo", target: PUMP, detail: { id } }]);
    await h.press(true);
    expect(await h.commands.dismiss({ id, point: PUMP }, who("Bo"))).toMatchObject({
      ok: false,
      error: { code: "not-found" },
    });
  });
});
