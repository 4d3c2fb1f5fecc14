import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { Dashboard } from "../../lib/dashboard";
import type { Snapshot } from "../../lib/protocol";
import type { RegistrationInput } from "../../lib/registration";
import { say } from "../../lib/texts/said";
import { saying } from "../../lib/texts/said.harness";
import { buildSnapshot } from "../next/snapshot";
import {
  ask,
  EVERYTHING,
  event,
  frames,
  openSocketTestBed,
  personOf,
  type SocketTestBed,
  until,
  watch,
} from "../testing/socketTestBed";

let bed: SocketTestBed;
afterEach(() => bed.stop());

const topics: RegistrationInput[] = [
  { id: "temp", filter: "green/temp", type: "number" },
  { id: "pump", filter: "green/pump", type: "boolean", command: { topic: "green/pump/set" } },
  { id: "secret", filter: "cellar/secret", type: "text" },
];

describe("the handshake", () => {
  const refusedOrigin = async (headers: Record<string, string>) => {
    const page = bed.page("ann", { headers });
    return (await event<Error>(page, "connect_error")).message;
  };

  test("AC-60: a foreign, missing or null Origin is refused, with a valid cookie too", async () => {
    bed = await openSocketTestBed(topics);
    for (const origin of ["http://evil.example", "null", "", `http://127.0.0.1:${bed.port + 1}`])
      expect(await refusedOrigin({ origin }), origin).toMatch(/websocket error/);
    const bare = await new Promise<string>((resolve) => {
      const raw = connect(bed.port, "127.0.0.1", () =>
        raw.write(
          `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${bed.port}\r\nCookie: user=ann\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString("base64")}\r\n\r\n`,
        ),
      );
      raw.once("data", (data) => resolve(String(data)));
    });
    expect(bare).toMatch(/^HTTP\/1\.1 4/);
    expect(bed.sockets.counters().origin_refused).toBe(5);
    expect((await bed.connected()).connected).toBe(true);
  });

  test("AC-60: there is no other transport than WebSocket", async () => {
    bed = await openSocketTestBed(topics);
    const response = await fetch(`${bed.url}/socket.io/?EIO=4&transport=polling`, {
      headers: { origin: bed.url, cookie: "user=ann" },
    });
    expect(response.status).toBe(400);
  });

  test("AC-61, MS-31: without a session there is no socket", async () => {
    bed = await openSocketTestBed(topics);
    const error = await event<Error & { data: unknown }>(bed.page("nobody"), "connect_error");
    expect(error.data).toEqual({ code: "signed-out", message: say("reply.signInFirst") });
    expect(error.message).toBe("Sign in first.");
  });

  test("AC-62, MS-31: a page of another version is told so in words, and let go", async () => {
    bed = await openSocketTestBed(topics);
    const page = bed.page("ann", { auth: { protocol: 999 } });
    expect(await event(page, "goodbye")).toEqual({
      code: "version",
      message: "This page is of another version of Telltale: reload it.",
    });
    await until(() => !page.connected);
  });
});

describe("catching up", () => {
  test("FR-4, FR-10, FR-11: a snapshot, then frames that follow it; later only what was missed", async () => {
    bed = await openSocketTestBed(topics);
    bed.say("green/temp", "20");
    const page = await bed.connected();
    const seen = frames(page);
    const snapshot = (await watch(page)) as Snapshot & { kind: string };
    expect(snapshot.kind).toBe("snapshot");
    expect(snapshot.points.map((p) => [p.id, p.operable])).toEqual([
      ["temp", false],
      ["pump", true],
      ["secret", false],
    ]);
    expect(snapshot.values[0]).toMatchObject([0, 20, bed.clock.now(), { freshness: "live" }]);

    bed.say("green/temp", "21");
    // No time has passed: the first reading after a quiet time waits for no tick.
    await until(() => seen.length === 1);
    expect(seen[0]).toMatchObject({
      room: snapshot.room,
      prev: snapshot.rev,
      rev: snapshot.rev + 1,
      values: [[0, 21, bed.clock.now()]],
    });
    bed.say("green/temp", "22");
    bed.say("green/temp", "23");
    bed.clock.advance(40);
    await until(() => seen.length === 2);
    expect(seen[1]?.values).toEqual([[0, 23, expect.any(Number)]]);

    const other = await bed.connected();
    const since = { epoch: snapshot.epoch, rev: snapshot.rev };
    const difference = await watch(other, { ...EVERYTHING, room: snapshot.room, since });
    expect(difference).toMatchObject({
      kind: "difference",
      rev: snapshot.rev + 3,
      values: [[0, 23, expect.any(Number), { freshness: "live" }]],
    });
    expect(await ask(other, "view:sync", { room: snapshot.room, since })).toMatchObject({
      ok: true,
      value: { kind: "difference" },
    });
    expect(
      await watch(other, { ...EVERYTHING, room: snapshot.room, since: { epoch: "another run", rev: 1 } }),
    ).toMatchObject({ kind: "snapshot" });
  });

  test("FR-12: the first paint names the very room and revision that the socket goes on from", async () => {
    bed = await openSocketTestBed(topics);
    const access = bed.people.get("ann")?.access;
    const painted =
      access &&
      buildSnapshot(bed.live, { dashboards: () => [] }, { states: () => [] }, access, { kind: "everything" }, 1);
    const since = { epoch: painted?.epoch, rev: painted?.rev };
    const answer = await watch(await bed.connected(), { ...EVERYTHING, room: painted?.room, since });
    expect(answer).toMatchObject({ kind: "difference", values: [] });
  });

  test("FR-8: a heartbeat every five seconds tells the room's revision", async () => {
    bed = await openSocketTestBed(topics);
    const page = await bed.connected();
    const { room, rev } = await watch(page);
    const beat = event(page, "heartbeat");
    bed.clock.advance(5000);
    expect(await beat).toMatchObject({ room, rev, now: bed.clock.now() });
  });

  test("FR-13: a view whose points changed is told once; a dashboard that is gone is not found", async () => {
    const plant = {
      slug: "plant",
      title: "Plant",
      sections: [{ tiles: [{ kind: "value", point: "temp" }] }],
    } as unknown as Dashboard;
    bed = await openSocketTestBed(topics, [plant]);
    const page = await bed.connected();
    const view = { view: { kind: "dashboard", slug: "plant" } };
    const { room } = await watch(page, view);
    const changed = event(page, "view:changed");
    bed.register([{ ...topics[0], name: "Boiler" } as RegistrationInput, ...topics.slice(1)]);
    bed.clock.advance(300);
    expect(await changed).toEqual({ room });
    expect(await watch(page, view)).toMatchObject({ kind: "snapshot", points: [{ name: "Boiler" }] });
    const gone = event(page, "view:changed");
    const told = event(page, "catalog:changed");
    bed.setDashboards([]);
    await Promise.all([gone, told]);
    expect(await ask(page, "view:watch", view)).toMatchObject({ ok: false, code: "not-found" });
  });

  test("FR-91: who looks at other points leaves the room before, and hears of it no more", async () => {
    bed = await openSocketTestBed(topics);
    for (const topic of ["green/temp", "green/pump"]) bed.say(topic, "0");
    const [page, stays] = [await bed.connected(), await bed.connected()];
    const [seen, seenByOther] = [frames(page), frames(stays)];
    const before = await watch(page, { view: { kind: "points", points: ["temp"] } });
    await watch(stays, { view: { kind: "points", points: ["temp"] } });
    const now = await watch(page, { view: { kind: "points", points: ["pump"] } });
    expect(now.room).not.toBe(before.room);
    expect(bed.sockets.counters()).toMatchObject({ rooms: 2, seated: 2 });
    bed.say("green/temp", "21");
    await until(() => seenByOther.length === 1);
    bed.say("green/pump", "1");
    await until(() => seen.length > 0);
    expect(seen.map(({ room }) => room)).toEqual([now.room]);
  });

  test("FR-7: what is seen alike is one room, whoever sees it", async () => {
    bed = await openSocketTestBed(topics);
    bed.people.set("ben", personOf("ben", "operator"));
    bed.people.set("eve", personOf("eve", "viewer"));
    const rooms = [];
    for (const user of ["ann", "ben", "eve"]) rooms.push((await watch(await bed.connected(user))).room);
    expect(rooms[0]).toBe(rooms[1]);
    expect(rooms[0]).not.toBe(rooms[2]);
    expect(bed.sockets.counters()).toMatchObject({ rooms: 2, seated: 3 });
  });
});

describe("commands and rights", () => {
  test("FR-5: everyone who sees the point sees the command at once", async () => {
    bed = await openSocketTestBed(topics);
    bed.people.set("eve", personOf("eve", "viewer"));
    const [ann, eve] = [await bed.connected("ann"), await bed.connected("eve")];
    await watch(ann);
    await watch(eve);
    const seen = frames(eve);
    const request = { id: "00000000-0000-4000-8000-000000000001", point: "pump", value: true };
    const acted = { ...request, rev: bed.live.rev, age: bed.age() };
    expect(await ask(ann, "command:send", acted)).toMatchObject({ ok: true, value: { state: "sent", by: "ann" } });
    await until(() => seen.length > 0);
    expect(seen[0]).toMatchObject({ values: [], commands: [{ id: request.id, state: "sent", by: "ann" }] });
  });

  test("AC-63: a demotion ends what may no longer be seen at once, and the page is told to watch again", async () => {
    bed = await openSocketTestBed(topics);
    const page = await bed.connected();
    const seen = frames(page);
    const { room } = await watch(page);
    const changed = event(page, "view:changed");
    const viewer = personOf("ann", "viewer");
    bed.people.set("ann", viewer);
    bed.peopleChange({ userId: "ann", code: "rights-changed" });
    expect(await changed).toEqual({ room });
    bed.say("cellar/secret", "hidden");
    const answer = (await watch(page)) as Snapshot;
    expect(answer.points.map((p) => p.operable)).toEqual([false, false, false]);
    expect(seen).toEqual([]);
  });

  test("AC-63: a sign-out reaches the sockets of that session and no others; an account that is gone loses all", async () => {
    bed = await openSocketTestBed(topics);
    bed.people.set("ben", personOf("ben", "viewer"));
    const [ann, ben] = [await bed.connected("ann"), await bed.connected("ben")];
    const goodbye = event(ann, "goodbye");
    bed.peopleChange({ userId: "ann", sessionToken: "another", code: "signed-out" });
    bed.peopleChange({ userId: "ann", sessionToken: "token-ann", code: "signed-out" });
    expect(await goodbye).toMatchObject({ code: "signed-out" });
    await until(() => !ann.connected);
    expect(ben.connected).toBe(true);
    const expired = event(ben, "goodbye");
    bed.people.delete("ben");
    bed.clock.advance(60_000);
    expect(await expired).toMatchObject({ code: "signed-out" });
  });

  test("AC-64: only what may be seen has recent readings", async () => {
    bed = await openSocketTestBed(topics);
    const page = await bed.connected();
    const reply = await ask<Record<string, unknown>>(page, "series:recent", {
      points: ["temp", "nowhere"],
      ms: 60_000,
    });
    expect(reply).toMatchObject({ ok: true, value: { temp: { value: [1, 4] } } });
    expect(reply.ok && Object.keys(reply.value)).toEqual(["temp"]);
  });
});

describe("the preview", () => {
  test("FR-40, FR-41: for admins only, in batches, the newest of each topic, and it says what it dropped", async () => {
    bed = await openSocketTestBed(topics);
    bed.people.set("root", personOf("root", "admin"));
    expect(await ask(await bed.connected(), "preview:open", { filter: "#" })).toMatchObject({
      ok: false,
      code: "not-allowed",
    });
    const page = await bed.connected("root");
    expect(await ask(page, "preview:open", { filter: "a/#/b" })).toMatchObject({ ok: false, code: "bad-request" });
    expect(await ask(page, "preview:open", { filter: "#" })).toEqual({ ok: true, value: { filter: "#" } });
    const batch = event<{ messages: { topic: string; payload: string; bytes: number }[]; dropped: number }>(
      page,
      "preview:messages",
    );
    bed.previewSays({ topic: "a", payload: Buffer.from("one") });
    bed.previewSays({ topic: "a", payload: Buffer.from("two") });
    bed.previewSays({ topic: "big", payload: Buffer.alloc(100_000) });
    bed.clock.advance(0);
    const { messages, dropped } = await batch;
    expect(dropped).toBe(1);
    expect(messages).toMatchObject([{ topic: "a", payload: Buffer.from("two").toString("base64"), bytes: 3 }]);
    const next = event<typeof batch extends Promise<infer B> ? B : never>(page, "preview:messages");
    bed.clock.advance(100);
    expect((await next).messages).toMatchObject([{ topic: "big", bytes: 100_000 }]);
    page.disconnect();
    await until(() => bed.previews === 0);
  });

  test("FR-42: it ends by itself after ten minutes, and when its admin is one no more", async () => {
    bed = await openSocketTestBed(topics);
    bed.people.set("root", personOf("root", "admin"));
    const page = await bed.connected("root");
    await ask(page, "preview:open", { filter: "#" });
    const end = event(page, "preview:messages");
    bed.clock.advance(600_000);
    expect(await end).toMatchObject({ messages: [], error: saying("ten minutes") });
    expect(bed.previews).toBe(0);
    await ask(page, "preview:open", { filter: "#" });
    bed.people.set("root", personOf("root", "operator"));
    bed.peopleChange({ userId: "root", code: "rights-changed" });
    await until(() => bed.previews === 0);
  });
});

describe("what comes in", () => {
  test("FR-30, FR-31, FR-32: unknown, malformed and ackless events are answered or counted, and change nothing", async () => {
    bed = await openSocketTestBed(topics);
    const page = await bed.connected();
    const bad = async (name: string, ...args: unknown[]) =>
      expect(await ask(page, name, ...args)).toMatchObject({ ok: false, code: "bad-request" });
    await bad("no:such", {});
    await bad("__proto__", {});
    await bad("constructor");
    await bad("view:watch", null);
    await bad("view:watch", { view: { kind: "everything" }, extra: 1 });
    await bad("command:send", { id: "1", point: "pump", value: true });
    await bad("command:send", { id: "00000000-0000-4000-8000-000000000001", point: "pump", value: { deep: [[[]]] } });
    await bad("view:watch", EVERYTHING, EVERYTHING);
    expect(await ask(page, "command:send", JSON.parse('{"__proto__": {"id": 1}}'))).toMatchObject({ ok: false });
    (page as unknown as { emit(...args: unknown[]): void }).emit("view:watch", EVERYTHING);
    (page as unknown as { emit(...args: unknown[]): void }).emit("command:send", "?");
    expect(await watch(page)).toMatchObject({ kind: "snapshot" });
    expect(bed.live.get("pump" as never)?.command).toBeUndefined();
    expect(bed.sockets.counters().bad_events).toBe(10);
  });

  test("MS-30: why an event is refused travels as a key with arguments, and is no words yet", async () => {
    bed = await openSocketTestBed(topics);
    const page = await bed.connected();
    expect(await ask(page, "no:such", {})).toEqual({
      ...{ ok: false, code: "bad-request" },
      message: say("reply.noEvent", { name: "no:such" }),
    });
    expect(await ask(page, "view:watch", { view: { kind: "dashboard", slug: "gone" } })).toEqual({
      ...{ ok: false, code: "not-found" },
      message: say("reply.noDashboard"),
    });
  });

  test("FR-33: a thousand malformed events end that page and leave the server alive", async () => {
    bed = await openSocketTestBed(topics);
    const [bad, good] = [await bed.connected(), await bed.connected()];
    await watch(good);
    const goodbye = event(bad, "goodbye");
    for (let i = 0; i < 1000; i++) {
      if (i % 40 === 0) bed.clock.advance(1);
      (bad as unknown as { emit(...args: unknown[]): void }).emit(i % 2 ? "view:watch" : `x${i}`, i, [i], { i });
    }
    expect(await goodbye).toMatchObject({ code: "too-many-errors" });
    await until(() => !bad.connected);
    const seen = frames(good);
    bed.say("green/temp", "5");
    await until(() => seen.length === 1);
  });

  test("FR-33: an event over 256 KiB ends its page, raw rubbish its connection, and nothing else", async () => {
    bed = await openSocketTestBed(topics);
    const [big, raw, good] = [await bed.connected(), await bed.connected(), await bed.connected()];
    (big as unknown as { emit(...args: unknown[]): void }).emit("view:watch", "x".repeat(1024 * 1024));
    const wire = (raw.io.engine.transport as unknown as { ws: { send(data: string): void } }).ws;
    for (const rubbish of ["4", "42", '42["connect"]', "45999-[{}]", '42["view:watch",', "\u0000", "9"])
      wire.send(rubbish);
    await until(() => !big.connected && !raw.connected);
    expect(await watch(good)).toMatchObject({ kind: "snapshot" });
  });
});

test("FR-34, MS-31: when the server stops every page is told", async () => {
  bed = await openSocketTestBed(topics);
  const page = await bed.connected();
  const goodbye = event(page, "goodbye");
  bed.sockets.stop();
  expect(await goodbye).toEqual({ code: "server-stopping", message: say("reply.stopping") });
});
