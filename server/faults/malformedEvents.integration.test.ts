import { afterAll, beforeAll, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { type Mosquitto, startMosquitto } from "../testing/mosquitto";
import { startDevices, type TestDevices } from "./devices";
import { startTelltale, type Telltale } from "./telltale";
import { openViewer, type Viewer } from "./viewer";
import { SILENT_MS } from "./waiting";

/** lib/SPEC.md FR-30 … FR-33: what a page sends is never trusted, and one bad page is nobody else's trouble. */

const yaml = (url: string) => `
brokers:
  - {id: main, url: "${url}"}
topics:
  - {id: count, filter: f/count, type: number}
  - {id: pump, filter: pump/state, type: boolean, command: {topic: pump/set, confirm: 1s}}
`;

let broker: Mosquitto;
let devices: TestDevices;
let telltale: Telltale;
let viewer: Viewer;
let said = 0;

beforeAll(async () => {
  broker = await startMosquitto();
  devices = await startDevices(broker.url);
  devices.obey("pump/set", "pump/state");
  telltale = await startTelltale({ yaml: yaml(broker.url) });
  viewer = await openViewer(telltale.url, await telltale.login());
  devices.repeat(20, () => void devices.shout("f/count", String(++said)));
  await fresh();
});

afterAll(async () => {
  viewer?.close();
  await telltale?.dispose();
  await devices?.stop();
  await broker?.stop();
});

function fresh() {
  const from = said;
  return viewer.until("others live on", () => Number(viewer.points.get("count")?.value) > from);
}

const deep = (n: number): unknown => JSON.parse(`${'{"a":'.repeat(n)}1${"}".repeat(n)}`);
const ID = "5f0c7e3e-6f0e-4d3e-9a44-0a9f0c7d1b11";

/** Events as an array of arguments, the name first; with an ack or without. */
const EVENTS: unknown[][] = [
  ["no:such:event"],
  ["__proto__", {}],
  ["constructor"],
  ["toString", 1, 2, 3],
  [""],
  [42],
  ["view:watch"],
  ["view:watch", null],
  ["view:watch", "everything"],
  ["view:watch", { view: { kind: "nothing" } }],
  ["view:watch", { view: { kind: "points", points: [] } }],
  ["view:watch", { view: { kind: "points", points: Array.from({ length: 2000 }, (_, i) => `p${i}`) } }],
  ["view:watch", { view: { kind: "dashboard", slug: "../../etc" } }],
  ["view:watch", { view: { kind: "everything" }, since: { epoch: 1, rev: -1 } }],
  ["view:watch", { view: { kind: "everything" } }, { view: { kind: "everything" } }],
  ["view:watch", JSON.parse('{"__proto__": {"view": {"kind": "everything"}}}')],
  ["view:sync", { room: "x".repeat(100_000), since: { epoch: "", rev: 0 } }],
  ["view:sync", { room: [], since: {} }],
  ["command:send", { id: ID, point: "pump", value: { toString: "x" } }],
  ["command:send", { id: "1", point: "pump", value: true }],
  ["command:send", { id: ID, point: "", value: true }],
  ["command:send", { id: ID, point: "pump", value: true, topic: "pump/set" }],
  ["command:send", { id: ID, point: "pump", value: [true] }],
  ["command:send", { id: ID, point: "pump", value: true, rev: 1 }],
  ["command:send", { id: ID, point: "pump", value: true, rev: 1, age: { epoch: "x", stamp: Number.NaN, since: -1 } }],
  ["command:fate", { id: ID }],
  ["command:fate", { id: "1", point: "pump", value: true }],
  ["command:dismiss", { id: ID, point: "pump", value: true }],
  ["command:dismiss", null],
  ["command:send", Buffer.from([1, 2, 3])],
  ["series:recent", { points: ["count"], ms: 1e99 }],
  ["series:recent", { points: "count", ms: 1000 }],
  ["preview:open", { filter: "a/#/b" }],
  ["preview:open", { filter: "\0" }],
  ["preview:close", 1],
  ["view:watch", deep(2000)],
  ["x".repeat(50_000)],
];

/** Below Socket.IO: what its and Engine.IO's parsers get to see. */
const WIRE: (string | Buffer)[] = [
  "",
  "4",
  "42",
  "42[",
  '42["',
  '42{"a":1}',
  "42[]",
  "42null",
  "42[null]",
  '42[{"toString":1}]',
  '42/other,["frame"]',
  "43999[1]",
  '451-["view:watch",{"_placeholder":true,"num":0}]',
  '459999999999-["x"]',
  '451-["view:watch",{"_placeholder":true,"num":7}]',
  "9",
  "zzz",
  "2probe",
  "5",
  Buffer.from([0, 1, 2, 3, 255]),
  Buffer.alloc(10_000, 0x80),
  `42["${"x".repeat(300 * 1024)}"]`,
];

describe("a page that sends what no page sends", () => {
  test("FR-30 … FR-33: 1,000 malformed events leave the process alive and the other pages as they were", async () => {
    const since = Date.now();
    let sent = 0;
    let refused = 0;
    for (let page = 0; page < 10; page++) {
      const bad = await openViewer(telltale.url);
      // Socket.IO's types know only what is well formed.
      const emit = (bad.socket.emit as (...args: unknown[]) => unknown).bind(bad.socket);
      for (let i = 0; i < 100; i++) {
        const event = EVENTS[sent++ % EVENTS.length] as unknown[];
        if (sent % 3 === 0) emit(...event);
        else
          emit(...event, (reply: { ok: boolean }) => {
            if (!reply.ok) refused++;
          });
      }
      await bad.until("it is thrown out", () => bad.goodbyes[0]?.code === "too-many-errors");
      bad.close();
    }
    await fresh();
    const { telltale_sockets_bad_events: counted, telltale_sockets_failed_events: failed } = await telltale.metrics();
    expect(counted).toBe(sent);
    expect(refused).toBeGreaterThan(sent / 2);
    expect(failed ?? 0).toBe(0);

    expect(await viewer.command("pump", true)).toMatchObject({ state: "sent" });
    await viewer.until("confirmed", () => viewer.points.get("pump")?.command?.state === "confirmed");
    const times = viewer.frameTimes.filter((at) => at >= since);
    const longest = Math.max(...times.map((at, i) => at - (times[i - 1] ?? since)));
    expect(longest).toBeLessThan(SILENT_MS);
    expect(viewer.faults).toEqual([]);
    expect(viewer.socket.connected).toBe(true);
    expect(telltale.crashes()).toBe(0);
    console.log("malformed events:", { sent, counted, refused, longest });
  });

  test("FR-33: nor does what is no Socket.IO at all, before and after the handshake", async () => {
    const address = `${telltale.url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`;
    for (const [i, frame] of [...WIRE, ...WIRE].entries()) {
      const greeted = i < WIRE.length;
      const socket = new WebSocket(address, { headers: { origin: telltale.url } });
      const over = new Promise<void>((resolve) => {
        socket.on("close", resolve);
        socket.on("error", () => resolve());
      });
      const said = new Promise<void>((resolve) => {
        socket.on("message", (message) => {
          const handshake = String(message).startsWith(greeted ? "40" : "0");
          if (greeted && String(message).startsWith("0")) socket.send('40{"protocol":1}');
          if (!handshake) return;
          socket.send(frame);
          socket.send('42["no:such:event"]', () => resolve());
        });
      });
      await Promise.race([said, over]);
      // Ended by the server or, where it lets that pass, by us when others have been served behind it.
      await fresh();
      socket.close();
      await over;
    }
    expect(viewer.socket.connected).toBe(true);
    expect(telltale.crashes()).toBe(0);
    const errors = telltale.log.filter(({ level }) => level >= 50);
    expect(errors).toEqual([]);
  });
});
