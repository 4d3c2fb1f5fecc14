import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inWords } from "../../lib/texts/said";
import { saying } from "../../lib/texts/said.harness";
import { type Mosquitto, startMosquitto } from "../testing/mosquitto";
import { startDevices, type TestDevices } from "./devices";
import { type EvilBroker, publishOf, startEvilBroker } from "./evilBroker";
import { startTelltale, type Telltale } from "./telltale";
import { openViewer, type Viewer } from "./viewer";

/** docs/design.md, “When things go wrong”: what cannot be read is a counted reject, and all else lives on. */

const utf8 = (text: string) => Buffer.from(text, "utf8");
const bytes = (...values: number[]) => Buffer.from(values);

/** Registration → what is said to it, and what must be told of it. The good value before stays what is shown. */
const REJECTS: [kind: "num" | "json" | "auto" | "bool" | "text" | "time", payload: Buffer, told: RegExp][] = [
  ["json", utf8("[".repeat(100_000)), /deep/],
  ["json", utf8(`${'{"t":'.repeat(65)}1${"}".repeat(65)}`), /deep/],
  ["json", utf8('{"__proto__": {"t": 7}}'), /\$\.t/],
  ["json", utf8('{"constructor": {"prototype": {"t": 7}}}'), /\$\.t/],
  ["json", utf8("{}"), /\$\.t/],
  ["json", utf8('{"t": 1e999}'), /too large/],
  ["json", utf8('{"t": "NaN"}'), /not a number/],
  ["json", utf8('{"t": NaN}'), /not JSON/],
  ["json", utf8('{"t": 1'), /not JSON/],
  ["json", bytes(0x7b, 0x22, 0x74, 0x22, 0x3a, 0x80, 0x7d), /UTF-8/],
  ["num", utf8("NaN"), /not a number/],
  ["num", utf8("-Infinity"), /not a number/],
  ["num", utf8("1e999"), /not a number|too large/],
  ["num", utf8("9".repeat(400)), /not a number|too large/],
  ["num", utf8("0x1F"), /not a number/],
  ["num", bytes(0x80), /UTF-8/],
  ["num", bytes(0xbf, 0xbf, 0xbf), /UTF-8/],
  ["auto", bytes(0xc0, 0xaf), /UTF-8/],
  ["auto", bytes(0xed, 0xa0, 0x80), /UTF-8/],
  ["auto", bytes(0xf4, 0x90, 0x80, 0x80), /UTF-8/],
  ["auto", Buffer.alloc(64, 0xff), /UTF-8/],
  ["auto", utf8('{"a": {"b": [1, 2, 3]}}'), /select/],
  ["bool", utf8("perhaps"), /neither/],
  ["text", bytes(0x61, 0xc3), /UTF-8/],
  ["time", utf8('{"v": 1, "ts": 1e308}'), /time|\$\.ts/],
  ["time", utf8('{"v": 1, "ts": "yesterday"}'), /time|\$\.ts/],
];
const GOOD = {
  num: "1.5",
  json: '{"t": 1.5}',
  auto: "1.5",
  bool: "ON",
  text: "fine",
  time: '{"v": 1.5, "ts": 1767225600}',
};
const SHOWN = { num: 1.5, json: 1.5, auto: 1.5, bool: true, text: "fine", time: 1.5 };

/** What looks like an attack and is a text like another. */
const TEXTS = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "__proto__",
  "{{constructor.constructor('return process')()}}",
  "'; DROP TABLE readings; --",
  "\u202eright to left",
  "a\u0000b",
  "\ud83d\ude00".repeat(100),
  "x".repeat(200_000),
];

/** Control characters are missing: Mosquitto lets nobody say them. */
const NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty", "", " ", "<b>", "🚀", "..", "%2e%2e", "'"];

const yaml = (url: string, evil: readonly EvilBroker[]) => `
brokers:
  - {id: main, url: "${url}"}
${evil.map((one, i) => `  - {id: evil${i}, url: "${one.url}"}`).join("\n")}
topics:
  - {id: count, filter: f/count, type: number}
  - {id: num, filter: num/+, type: number}
  - {id: json, filter: json/+, value: $.t, type: number}
  - {id: auto, filter: auto/+}
  - {id: bool, filter: bool/+, type: boolean}
  - {id: text, filter: text/+, format: text}
  - {id: time, filter: time/+, value: $.v, time: $.ts, type: number}
  - {id: fuzz, filter: fuzz/#}
  - {id: name, filter: name/+, type: number}
  - {id: proto, filter: __proto__, type: number}
${evil.map((_, i) => `  - {id: evil${i}, broker: evil${i}, filter: "#"}`).join("\n")}
`;

const one = utf8("1");
/** What each says, and whether its connection may stand: MQTT.js passes odd topics on, and they are names like others. */
const EVIL: Record<string, [stands: boolean, ...said: Buffer[]]> = {
  "a topic of no UTF-8": [true, publishOf(bytes(0x61, 0xc3, 0x28), one), publishOf(bytes(0xff), one)],
  "a topic with NUL": [true, publishOf(utf8("a\0b"), one)],
  "a topic that is a filter": [true, publishOf(utf8("a/#"), one), publishOf(utf8("+"), one)],
  "no topic": [true, publishOf(utf8(""), one)],
  "a topic longer than its packet": [false, bytes(0x30, 0x04, 0xff, 0xff, 0x61, 0x00)],
  "a QoS of 3": [false, bytes(0x36, 0x05, 0x00, 0x01, 0x61, 0x00, 0x31)],
  "a length without end": [false, bytes(0x30, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01)],
  "a packet of type 0": [false, bytes(0x00, 0x00)],
  "acknowledgements that nobody waits for": [
    true,
    bytes(0x40, 0x02, 0x12, 0x34),
    bytes(0x62, 0x02, 0x12, 0x34),
    bytes(0x90, 0x04, 0x12, 0x34, 0x00, 0x80),
  ],
  "a second CONNACK": [false, bytes(0x20, 0x03, 0x00, 0x00, 0x00)],
  "an unknown property": [false, bytes(0x30, 0x07, 0x00, 0x01, 0x61, 0x02, 0x7f, 0x00, 0x31)],
  "a topic alias that was never named": [false, bytes(0x30, 0x07, 0x00, 0x00, 0x03, 0x23, 0x00, 0x05, 0x31)],
  noise: [false, Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919 + (i >> 3)) & 0xff))],
};

let broker: Mosquitto;
let evil: EvilBroker[];
let devices: TestDevices;
let telltale: Telltale;
let viewer: Viewer;
let said = 0;

beforeAll(async () => {
  broker = await startMosquitto();
  evil = await Promise.all(
    Object.values(EVIL).map(([, ...packets]) =>
      startEvilBroker((socket) => {
        for (const packet of packets) socket.write(packet);
      }),
    ),
  );
  devices = await startDevices(broker.url);
  telltale = await startTelltale({ yaml: yaml(broker.url, evil) });
  viewer = await openViewer(telltale.url);
  devices.repeat(20, () => void devices.shout("f/count", String(++said)));
  await fresh("the live path");
});

afterAll(async () => {
  viewer?.close();
  await telltale?.dispose();
  await devices?.stop();
  await Promise.all(evil?.map((one) => one.stop()) ?? []);
  await broker?.stop();
});

/** Others' points live on. */
function fresh(what: string) {
  const from = said;
  return viewer.until(what, () => Number(viewer.points.get("count")?.value) > from);
}

describe("hostile payloads and topics", () => {
  test("LV-8, DC-2: what cannot be read is counted with its reason, and the value before stays", async () => {
    await Promise.all(REJECTS.map(([kind], i) => devices.say(`${kind}/${i}`, GOOD[kind])));
    const points = REJECTS.map(([kind, , told], i) => ({ id: `${kind}/${i}`, shown: SHOWN[kind], told }));
    await viewer.until("the good values", () =>
      points.every(({ id, shown }) => viewer.points.get(id)?.value === shown),
    );
    await Promise.all(REJECTS.map(([kind, payload], i) => devices.say(`${kind}/${i}`, payload)));
    await viewer.until("the rejects", () => points.every(({ id }) => viewer.points.get(id)?.status.reject));
    for (const { id, shown, told } of points) {
      expect([id, viewer.points.get(id)?.value]).toEqual([id, shown]);
      expect(viewer.points.get(id)?.status.reject).toMatchObject({ count: 1, message: saying(told) });
    }
    expect((await telltale.metrics()).telltale_live_rejected).toBe(REJECTS.length);
    await fresh("others live on");
  });

  test("FA-5: an oversize payload is refused, counted, and told on its point", async () => {
    await devices.say("text/large", "fine");
    await viewer.until("the good value", () => viewer.points.get("text/large")?.value === "fine");
    await devices.say("text/large", Buffer.alloc(1024 * 1024, 0x61));
    const reject = await viewer.until("the reject", () => viewer.points.get("text/large")?.status.reject);
    expect(inWords(reject.message)).toMatch(/1048576 bytes, at most 262144/);
    expect(viewer.points.get("text/large")?.value).toBe("fine");
    expect((await telltale.metrics())['telltale_broker_oversize{broker="main"}']).toBe(1);
    await fresh("others live on");
  });

  test("LV-2: a text is shown as it came, whatever it holds, and kept so", async () => {
    await Promise.all(TEXTS.map((text, i) => devices.say(`text/t${i}`, utf8(text))));
    await viewer.until("the texts", () => TEXTS.every((text, i) => viewer.points.get(`text/t${i}`)?.value === text));
    for (const [i, text] of TEXTS.entries())
      await expect
        .poll(async () => (await telltale.api("GET", `/points/text/t${i}/history`)).body.value)
        .toEqual([text]);
    await fresh("others live on");
  });

  test("LV-2, TM-11: a topic may have any name; one that is too long for a point is counted", async () => {
    await Promise.all(NAMES.map((name, i) => devices.say(`name/${name}`, String(i))));
    await devices.say("__proto__", "42");
    await viewer.until("all names", () => NAMES.every((name, i) => viewer.points.get(`name/${name}`)?.value === i));
    await viewer.until("__proto__ itself", () => viewer.points.get("proto")?.value === 42);
    await devices.say(`name/${"x".repeat(60_000)}`, "1");
    await expect.poll(async () => (await telltale.metrics()).telltale_live_overlong).toBe(1);
    for (const [i, name] of NAMES.entries()) {
      const { status, body } = await telltale.api("GET", `/points/${encodeURIComponent(`name/${name}`)}/history`);
      expect([name, status, body.value]).toEqual([name, 200, [i]]);
    }
    await fresh("others live on");
  });

  test("DC-2: three thousand payloads of noise change nothing for the others", async () => {
    let seed = 4711;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
      return seed;
    };
    const pieces = ['{"t":', "[", "]", "}", '"', "\\u0000", "1e", "999", ":", ",", "-", "null", "\xff", "é", "ON", " "];
    for (let i = 0; i < 3000; i++) {
      const noise =
        i % 2 === 0
          ? Buffer.from(Array.from({ length: random() % 40 }, () => random() % 256))
          : Buffer.from(
              Array.from({ length: random() % 12 }, () => pieces[random() % pieces.length]).join(""),
              "latin1",
            );
      devices.shout(
        `${["num", "json", "auto", "bool", "text", "time", "fuzz/a/b"][random() % 7]}/${random() % 20}`,
        noise,
      );
    }
    await devices.say("text/end", "of noise");
    await viewer.until("the end of it", () => viewer.points.get("text/end")?.value === "of noise");
    await fresh("others live on");
    expect(viewer.faults).toEqual([]);
    expect(telltale.crashes()).toBe(0);
  });
});

describe("brokers that say what no broker may say", () => {
  test(`FA-6: ${Object.keys(EVIL).length} of them at once: told by what they did, and the others live on`, async () => {
    const stateOf = (i: number) => viewer.brokers.find(({ id }) => id === `evil${i}`);
    for (const [i, [name, [stands]]] of Object.entries(EVIL).entries()) {
      const state = await viewer.until(name, () => {
        const now = stateOf(i);
        return now?.state === (stands ? "connected" : "offline") && now;
      });
      if (state.state === "offline") expect([name, state.fault]).toEqual([name, "protocol"]);
    }
    await viewer.until("what looked like topics", () =>
      ["evil1/a\0b", "evil2/a/#", "evil2/+"].every((id) => viewer.points.get(id)?.value === 1),
    );
    await fresh("others live on");
    expect(viewer.faults).toEqual([]);
    expect(telltale.crashes()).toBe(0);
  });
});
