import { describe, expect, test } from "vitest";
import type { Command } from "../../../lib/command";
import type { PointId } from "../../../lib/ids";
import { asWording } from "../../../lib/texts/said";
import { saying } from "../../../lib/texts/said.harness";
import { createCommandHarness, harnessForEachTest, PUMP, refusal, session } from "./commandService.harness";

const h = harnessForEachTest();

describe("refusals, in their order", () => {
  test("CM-1: the session and the role count as of now, not as of the sign-in", async () => {
    h.world.recheck = async () => null;
    expect(await h.press(true)).toMatchObject({ state: "refused", code: "not-signed-in" });
    h.world.recheck = async ({ access }) => ({ ...access, role: "viewer" });
    expect(await h.press(true)).toMatchObject({ code: "not-allowed", reason: saying("Pump") });
    h.world.recheck = async ({ access }) => ({ ...access, user: "anonymous" });
    expect(refusal(await h.press(true))).toBe("not-signed-in");
    expect(h.published).toHaveLength(0);
  });

  test("CM-2: a grant on the point's topic lets a viewer operate it, one on another topic does not", async () => {
    const near = session("Near", "viewer", [{ role: "operator", filter: "house/#" }]);
    const far = session("Far", "viewer", [{ role: "operator", filter: "barn/#" }]);
    expect(refusal(await h.press(true, {}, far))).toBe("not-allowed");
    expect(refusal(await h.press(true, {}, near))).toBe("acked");
  });

  test("CM-3: a point that is not there, or is a sensor, is told so", async () => {
    expect(refusal(await h.press(true, { point: "gone" as PointId }))).toBe("no-such-point");
    expect(refusal(await h.press(true, { point: "sensor" as PointId }))).toBe("not-an-actuator");
  });

  test("CM-4: a value outside of type, enum, range or step is refused with the encoder's words", async () => {
    expect(await h.press("bad")).toMatchObject({ code: "bad-value", reason: "Pump takes on or off." });
    h.world.commandTopic = "a/#";
    expect(refusal(await h.press(true))).toBe("bad-topic");
    h.world.commandTopic = "a/\u0000";
    expect(refusal(await h.press(true))).toBe("bad-topic");
    h.world.commandTopic = "$CONTROL/dynamic-security/v1";
    expect(refusal(await h.press(true))).toBe("bad-topic");
    expect(h.published).toHaveLength(0);
  });

  test("CL-40: a point for which another node has a command in flight is busy, and its person is named", async () => {
    h.world.openCommand = async () => ({ openedBy: "Bob" });
    expect(await h.press(true)).toMatchObject({ state: "refused", code: "busy", reason: saying("Bob") });
    expect(h.published).toHaveLength(0);
  });

  test("CM-5: to a point two commands at once, then one a second; five a second from a person", async () => {
    h.world.command = { ...h.world.command, kind: "select", assumed: true };
    expect(refusal(await h.press("a"))).toBe("acked");
    expect(refusal(await h.press("b"))).toBe("acked");
    await h.clock.advanceAsync(500);
    expect(await h.press("c")).toMatchObject({
      code: "too-fast",
      reason: saying("0.5 s"),
      retryAfter: 500,
    });
    await h.clock.advanceAsync(500);
    expect(refusal(await h.press("c"))).toBe("acked");
    await h.clock.advanceAsync(10_000);
    const codes: string[] = [];
    for (let i = 0; i < 7; i++) codes.push(refusal(await h.press(`${i}`)));
    expect(codes).toEqual(["acked", "acked", "too-fast", "too-fast", "too-fast", "too-fast", "too-fast"]);
    // Another person is not held back by these, only the point is.
    await h.clock.advanceAsync(1000);
    expect(refusal(await h.press("x", {}, session("Bo")))).toBe("acked");
  });

  test("CM-104: a server's clock that is set back by an hour makes nobody wait for it", async () => {
    h.world.command = { ...h.world.command, kind: "select", assumed: true };
    expect(refusal(await h.press("a"))).toBe("acked");
    await h.clock.advanceAsync(10_000);
    h.clock.setBack(3_600_000);
    expect(refusal(await h.press("b"))).toBe("acked");
  });

  test("AC-80: of two limits that are reached the longer wait is told", async () => {
    h.world.command = { ...h.world.command, kind: "select", assumed: true };
    for (const value of ["a", "b", "c", "d", "e"]) await h.press(value);
    // The person's turn comes in 0.2 s, the point's in a second.
    expect(await h.press("f")).toMatchObject({
      code: "too-fast",
      reason: saying("1.0 s"),
      retryAfter: 1000,
    });
  });

  test("CM-6: refused while the broker is not connected, with its reason", async () => {
    h.world.broker.state = "offline";
    expect(await h.press(true)).toMatchObject({ code: "broker-down", reason: saying("was lost") });
    h.world.broker.state = "connected";
    h.world.commandsReady = false;
    await h.clock.advanceAsync(1000);
    expect(refusal(await h.press(true))).toBe("broker-down");
    expect(h.published).toHaveLength(0);
  });

  test("CM-7: refused while the device is offline, with the reason, and shown to everyone", async () => {
    h.world.status = { freshness: "offline", since: 0, reason: asWording("house/pump/lwt says Offline") };
    const command = await h.press(true);
    expect(command).toMatchObject({ code: "device-offline", reason: saying("lwt says Offline") });
    expect(h.last()).toEqual(command);
  });

  test("CM-8: busy while another is under way, naming who; free again when it has ended", async () => {
    await h.press(true);
    await h.clock.advanceAsync(1000);
    expect(await h.press(false, {}, session("Bo"))).toMatchObject({
      code: "busy",
      reason: saying("Ada"),
    });
    await h.report(true);
    expect(refusal(await h.press(false, {}, session("Bo")))).toBe("acked");
  });

  test("CM-8: of two at the same instant one is sent and one is busy", async () => {
    h.world.openCommand = async (record) => {
      await new Promise((resolve) => setImmediate(resolve));
      return h.store.openCommand(record);
    };
    const both = await Promise.all([h.send(h.request(true)), h.send(h.request(false), session("Bo"))]);
    expect(both.map(refusal).sort()).toEqual(["acked", "busy"]);
    expect(h.published).toHaveLength(1);
  });

  test("CM-9: where the point asks first, an unanswered question refuses with the question", async () => {
    h.world.command = { ...h.world.command, ask: asWording("Start the pump?") };
    expect(await h.press(true)).toMatchObject({ code: "confirmation-needed", reason: "Start the pump?" });
    expect(refusal(await h.press(true, { confirmed: true }))).toBe("acked");
  });

  test("CM-10: a refusal is told within 100 ms though the database hangs", async () => {
    h.world.recheck = () => new Promise(() => {});
    h.world.broker.state = "offline";
    let told: Command | undefined;
    void h.send(h.request(true)).then((command) => {
      told = command;
    });
    await h.clock.advanceAsync(100);
    expect(told).toMatchObject({ code: "broker-down" });
  });

  test("CM-10: rights that cannot be checked refuse, they do not pass", async () => {
    h.world.recheck = () => Promise.reject(new Error("locked"));
    expect(refusal(await h.press(true))).toBe("audit-unavailable");
    h.world.recheck = () => new Promise(() => {});
    const sent = h.send(h.request(true));
    await h.clock.advanceAsync(1000);
    expect(refusal(await sent)).toBe("audit-unavailable");
    expect(h.published).toHaveLength(0);
  });

  test("CM-11: refused ones stand in the audit too", async () => {
    h.world.broker.state = "offline";
    await h.press(true);
    const [entry] = await h.store.audit({ limit: 10 });
    expect(entry).toMatchObject({
      actor: "Ada",
      action: "command-refused",
      target: PUMP,
      detail: { code: "broker-down" },
    });
  });
});

describe("audit before act", () => {
  test("CM-12: the row is written before the publish; without it nothing is sent", async () => {
    let written = false;
    h.world.openCommand = async (record) => {
      expect(h.published).toHaveLength(0);
      written = true;
      return h.store.openCommand(record);
    };
    expect(refusal(await h.press(true))).toBe("acked");
    expect(written).toBe(true);
    expect(await h.store.commandsOf(PUMP, 1)).toMatchObject([{ state: "acked", by: "Ada" }]);
    await h.report(true);
    await h.clock.advanceAsync(1000);
    h.store.breakWrites();
    h.world.openCommand = h.store.openCommand;
    expect(await h.press(true)).toMatchObject({ code: "audit-unavailable" });
    expect(h.published).toHaveLength(1);
  });

  test("CM-12: an audit that takes longer than a second refuses, and a row that comes late is closed", async () => {
    let write = async () => {};
    h.world.openCommand = (record) =>
      new Promise((resolve) => {
        write = () => h.store.openCommand(record).then(resolve);
      });
    const sent = h.send(h.request(true));
    await h.clock.advanceAsync(1000);
    expect(refusal(await sent)).toBe("audit-unavailable");
    await write();
    await h.settle();
    expect(h.published).toHaveLength(0);
    expect(await h.store.openCommands()).toEqual([]);
  });

  test.each([
    ["the session ended", "not-allowed", () => h.rightsChanged("id-Ada")],
    ["the broker was lost", "broker-down", () => Object.assign(h.world.broker, { state: "offline" })],
    [
      "the device went offline",
      "device-offline",
      () => Object.assign(h.world, { status: { freshness: "offline", since: 0 } }),
    ],
  ])("CM-13: looked at again right before the publish: %s while the audit was written", async (_what, code, change) => {
    h.world.openCommand = async (record) => {
      const opened = await h.store.openCommand(record);
      change();
      return opened;
    };
    expect(refusal(await h.press(true))).toBe(code);
    expect(h.published).toHaveLength(0);
    expect(await h.store.openCommands()).toEqual([]);
  });

  test("CM-14: the same id is the same command and is published once", async () => {
    const asked = h.request(true);
    const [first, second] = await Promise.all([h.send(asked), h.send(asked)]);
    expect(second).toEqual(first);
    await h.report(true);
    expect(await h.send(asked)).toMatchObject({ id: asked.id, state: "confirmed" });
    expect(refusal(await h.send({ ...asked, value: false }))).toBe("duplicate");
    expect(refusal(await h.send(asked, session("Bo")))).toBe("duplicate");
    expect(h.published).toHaveLength(1);
  });
});

describe("what became of it", () => {
  test("CM-15: sent, acked, confirmed, each shown to everyone and written down", async () => {
    h.world.outcome = undefined;
    expect(await h.press(true)).toMatchObject({ state: "sent", by: "Ada" });
    await h.answer({ outcome: "acked" });
    await h.report(true);
    expect(h.shown.map((c) => c.state)).toEqual(["sent", "acked", "confirmed"]);
    expect(await h.store.commandsOf(PUMP, 1)).toMatchObject([{ state: "confirmed", late: false }]);
    expect(h.commands.counters()).toMatchObject({ sent: 1, confirmed: 1 });
  });

  test("CM-105: what the device reports after the clock was set back confirms, what it reported before the command does not", async () => {
    const before = h.clock.now() - 1;
    await h.press(true);
    await h.report(true, { receivedAt: before });
    expect(h.last()?.state).toBe("acked");
    h.clock.setBack(3_600_000);
    await h.clock.advanceAsync(1000);
    await h.report(true);
    expect(h.last()?.state).toBe("confirmed");
  });

  test("CM-16: a reason code of 0x80 and above fails, a lost connection or silence is unknown", async () => {
    h.world.outcome = { outcome: "failed", code: 0x87, reason: asWording("not authorized") };
    await h.press(true);
    await h.clock.advanceAsync(1000);
    h.world.outcome = { outcome: "unknown", reason: asWording("the connection was lost") };
    await h.press(true);
    expect(h.states()).toEqual(["failed", "unknown"]);
  });

  test("CM-17: what did not go out is refused, not sent", async () => {
    h.world.outcome = { outcome: "not-sent", reason: asWording("20 commands already wait") };
    expect(await h.press(true)).toMatchObject({ state: "refused", reason: saying("20 commands") });
    expect(h.shown.map((c) => c.state)).toEqual(["refused"]);
    expect(await h.store.openCommands()).toEqual([]);
  });

  test("CM-18: only a fresh reading of the target after the send confirms", async () => {
    await h.clock.advanceAsync(10_000);
    await h.press(true);
    await h.report(true, { retained: true });
    await h.report(true, { receivedAt: h.clock.now() - 1 });
    await h.report(false);
    expect(h.states()).toEqual(["acked"]);
    await h.report(true);
    expect(h.states()).toEqual(["confirmed"]);
  });

  test("CM-19: a reading may be quicker than the acknowledgement", async () => {
    h.world.outcome = undefined;
    await h.press(true);
    await h.report(true);
    await h.answer({ outcome: "acked" });
    expect(h.states()).toEqual(["confirmed"]);
  });

  test("CM-20: silence of the device ends unconfirmed; an answer within a minute is late, after it nothing", async () => {
    await h.press(true);
    await h.clock.advanceAsync(5000);
    expect(h.last()).toMatchObject({ state: "unconfirmed", reason: saying("5 s") });
    await h.clock.advanceAsync(59_000);
    await h.report(true);
    expect(h.last()).toMatchObject({ state: "confirmed", late: true });
    await h.press(true);
    await h.clock.advanceAsync(5000 + 61_000);
    await h.report(true);
    expect(h.last()).toMatchObject({ state: "unconfirmed" });
  });

  test("CM-20: once a newer command is sent, an old one is not confirmed late any more", async () => {
    await h.press(true);
    await h.clock.advanceAsync(6000);
    await h.press(false);
    await h.report(true);
    expect(h.states()).toEqual(["unconfirmed", "acked"]);
  });

  test("CM-21: a device that goes offline while it should answer is named in the reason", async () => {
    await h.press(true);
    h.world.status = { freshness: "offline", since: 0, reason: asWording("no power") };
    await h.clock.advanceAsync(4999);
    expect(h.states()).toEqual(["acked"]);
    await h.clock.advanceAsync(1);
    expect(h.last()).toMatchObject({ state: "unconfirmed", reason: saying("no power") });
  });

  test("CM-22: an assumed command ends at acked and leaves the point free", async () => {
    h.world.command = { ...h.world.command, assumed: true };
    expect(await h.press(true)).toMatchObject({ state: "acked", assumed: true });
    await h.clock.advanceAsync(10_000);
    expect(h.states()).toEqual(["acked"]);
    expect(await h.store.openCommands()).toEqual([]);
  });

  test("CM-23: what a run left open is unknown at the next start", async () => {
    const left = { ...h.request(true), by: "Ada", at: 1, state: "sent" } as const;
    await h.store.openCommand({ command: left, userId: "id-Ada", address: null });
    await h.commands.start();
    expect(await h.store.commandsOf(PUMP, 1)).toMatchObject([{ state: "unknown", reason: saying(/restarted/) }]);
    expect(h.last()).toMatchObject({ id: left.id, state: "unknown" });
  });

  test("CM-23: what was sent in this run is not taken for a leftover", async () => {
    await h.press(true);
    await h.commands.start();
    await h.report(true);
    expect(h.states()).toEqual(["confirmed"]);
  });

  test("CM-24: stopping refuses what is new and makes what is under way unknown", async () => {
    await h.press(true);
    await h.commands.stop();
    expect(h.states()).toEqual(["unknown"]);
    expect(await h.store.openCommands()).toEqual([]);
    expect(refusal(await h.press(true))).toBe("shutting-down");
    expect(h.published).toHaveLength(1);
  });

  test("CL-125: one of several nodes that stops waits a second for what its commands come to", async () => {
    const node = createCommandHarness({ severalNodes: true });
    await node.press(true);
    const stopped = node.commands.stop();
    await node.clock.advanceAsync(900);
    await node.report(true);
    await stopped;
    expect(node.states()).toEqual(["confirmed"]);
  });

  test("CL-125: what has not ended by then is unknown, and nobody waits where nothing is under way", async () => {
    const [node, idle] = [createCommandHarness({ severalNodes: true }), createCommandHarness({ severalNodes: true })];
    await node.press(true);
    const stopped = node.commands.stop();
    await node.clock.advanceAsync(999);
    expect(node.states()).toEqual(["acked"]);
    await node.clock.advanceAsync(1);
    await stopped;
    expect(node.states()).toEqual(["unknown"]);
    await idle.commands.stop();
  });
});
