import { costOf } from "../fuzz/cpu";
import { PAYLOADS } from "../fuzz/shapes";
import { compileRegistration } from "../lib/compile";
import { MAX_PAYLOAD_BYTES } from "../lib/decoders/decoder";
import { encodeCommand } from "../lib/decoders/sparkplug/payload";
import { Registration } from "../lib/registration";
import { inWords } from "../lib/texts/said";
import { type Watcher, watchPauses } from "./gaps";
import { pause } from "./measure";
import { adminHeaders, startTestBed, type TestBed } from "./testBed";

/**
 * Messages of every format, documents and requests that are made to hold the event loop, against the production build. The messages
 * are those of the fuzzer's shapes that take a format longest; measured is how long a viewer's frames stop.
 */
const WORST = 3;
const NOW = Date.UTC(2026, 0, 1);

const PROTO = `syntax = "proto3";
message M {
  int64 a = 1; string b = 2; repeated sint64 c = 3; repeated M d = 4; map<string, int32> e = 5; repeated double f = 6;
  repeated fixed64 g = 7; bytes i = 9;
}`;

/** One registration for each format, and for each way of reading that does work of its own. */
const FORMATS: Readonly<Record<string, object>> = {
  auto: {},
  json: { format: "json" },
  text: { format: "text" },
  number: { format: "number", unit: "°C" },
  boolean: { format: "boolean" },
  cbor: { format: "cbor" },
  msgpack: { format: "msgpack" },
  collectd: { format: "collectd" },
  image: { format: "image" },
  location: { format: "location" },
  bytes: { format: "bytes", struct: [{ key: "a", at: 0, type: "u64be" }] },
  protobuf: { format: "protobuf", proto: PROTO, message: "M" },
  base64: { format: "json", encoding: "base64" },
  path: { format: "json", value: "$..value" },
  transform: { format: "json", transform: "payload.exists(x, x == 1) ? 1 : 0" },
  jinja: { jinja: "{{ value_json.a | default(value) }}" },
};
const registrations = Object.entries(FORMATS).map(([name, more]) => ({
  id: `hostile-${name}`,
  filter: `hostile/${name}`,
  ...more,
}));

/** The payloads of all shapes that take this registration longest. */
function worstOf(registration: object): { name: string; payload: Buffer }[] {
  const compiled = compileRegistration(Registration.parse(registration));
  if (!compiled.ok) throw new Error(inWords(compiled.error.message));
  return PAYLOADS.map(({ name, make }) => {
    const payload = Buffer.from(make(MAX_PAYLOAD_BYTES));
    return { name, payload, ms: costOf(() => compiled.value.read(payload, NOW)).whole };
  })
    .sort((a, b) => b.ms - a.ms)
    .slice(0, WORST);
}

const keys = (count: number) => `{${Array.from({ length: count }, (_, i) => `"k${i}":${i}`).join()}}`;
const list = (count: number, item: (i: number) => object) =>
  JSON.stringify(Array.from({ length: count }, (_, i) => item(i)));

/** Protocol Buffers are joined by writing one behind the other; the last field is the sequence number. */
function birth(count: number): Buffer {
  const metrics = Array.from({ length: count }, (_, i) => {
    const made = encodeCommand({ name: `m/${i}`, alias: BigInt(i), datatype: 4, value: i, at: NOW });
    if (!made.ok) throw new Error(inWords(made.error));
    return made.value;
  });
  return Buffer.concat([...metrics, Uint8Array.of(0x18, 0)]);
}

/** Topics that Telltale reads without a registration. */
const ANNOUNCED: readonly (readonly [what: string, topic: string, payload: string | Buffer])[] = [
  [
    "a Home Assistant announcement, a string without end",
    "homeassistant/sensor/x/config",
    `{"a":1234567890123456,"b":"${'\\"'.repeat(100_000)}`,
  ],
  [
    "a Home Assistant device of many entities",
    "homeassistant/device/x/config",
    JSON.stringify({
      device: { identifiers: ["x"] },
      origin: { name: "x" },
      components: Object.fromEntries(
        Array.from({ length: 700 }, (_, i) => [
          `c${i}`,
          {
            platform: "sensor",
            unique_id: `u${i}`,
            state_topic: `hostile/x/${i}`,
            value_template: "{{ value_json.a }}",
          },
        ]),
      ),
    }),
  ],
  [
    "a Zigbee2MQTT list of many devices",
    "zigbee2mqtt/bridge/devices",
    list(4500, (i) => ({
      ieee_address: `0x${i.toString(16).padStart(16, "0")}`,
      friendly_name: `d${i}`,
      type: "EndDevice",
      definition: {
        model: "m",
        vendor: "v",
        exposes: [{ type: "numeric", name: "temperature", property: "temperature", unit: "°C", access: 1 }],
      },
    })),
  ],
  ["a Sparkplug birth of 8,000 metrics", "spBv1.0/g/NBIRTH/large", birth(8000)],
  ["a Sparkplug birth that is JSON", "spBv1.0/g/NBIRTH/n", keys(15_000)],
  ["a payload on a topic that nobody registered", "nobody/asked", "[".repeat(200_000)],
];

async function messages(bed: TestBed, watcher: Watcher): Promise<void> {
  const { connectAsync } = await import("mqtt");
  const client = await connectAsync(bed.mosquitto.url);
  for (const [i, name] of Object.keys(FORMATS).entries()) {
    const worst = worstOf(registrations[i] as object);
    const names = worst.map((one) => one.name).join("; ");
    await watcher.during(
      `hostile messages, ${name} (${names})`,
      async () => {
        for (const { payload } of worst) {
          await client.publishAsync(`hostile/${name}`, payload);
          await pause(150);
        }
      },
      { budget: "hostile" },
    );
  }
  for (const [what, topic, payload] of ANNOUNCED)
    await watcher.during(
      `a hostile message, ${what}`,
      () => client.publishAsync(topic, payload).then(() => pause(500)),
      {
        budget: "hostile",
      },
    );
  await client.endAsync();
}

/** telltale.yaml rewritten beside the running server; read in a thread, applied on the event loop. */
async function documents(bed: TestBed, watcher: Watcher): Promise<void> {
  const lines = (count: number, line: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => line(i)).join("\n");
  const laughs = `a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${lines(9, (i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(10)}x]`)}\n`;
  const many = JSON.parse(bed.yaml) as { topics: object[] };
  many.topics.push(...Array.from({ length: 20_000 }, (_, i) => ({ id: `y${i}`, filter: `yaml/${i}`, type: "number" })));
  for (const [what, text] of [
    ["aliases of aliases", laughs],
    ["deep lists", `topics: ${"[".repeat(100_000)}`],
    ["a line of a million characters", `topics: "${"a".repeat(1_000_000)}"`],
    ["20,000 more topics", JSON.stringify(many)],
  ] as const)
    await watcher.during(
      `a hostile document, telltale.yaml with ${what}`,
      async () => {
        bed.telltale.writeYaml(text);
        await pause(4000);
        bed.telltale.writeYaml(bed.yaml);
        await pause(2000);
      },
      { budget: "hostile", rounds: 1 },
    );
}

const MEGABYTE = 1024 * 1024;

/** Bodies of the largest size that is read. Most are refused; how they are answered does not matter here. */
async function requests(bed: TestBed, watcher: Watcher): Promise<void> {
  const headers = await adminHeaders(bed);
  const dashboard = (options: string) =>
    `{"slug":"x","title":"x","tiles":[{"kind":"value","point":"p1","options":${options}}]}`;
  for (const [what, method, path, body] of [
    ["a sign-in of deep lists", "POST", "/session", "[".repeat(MEGABYTE - 10)],
    ["a sign-in of many keys", "POST", "/session", keys(70_000)],
    ["a dashboard with many options", "POST", "/dashboards", dashboard(keys(70_000))],
    [
      "a dashboard with many tiles",
      "POST",
      "/dashboards",
      `{"slug":"x","title":"x","tiles":${list(30_000, () => ({ kind: "value", point: "p1" }))}}`,
    ],
    [
      "a registration with many values",
      "POST",
      "/registrations",
      `{"id":"x","filter":"x","values":${JSON.stringify(Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [`v${i}`, { value: `$.a${i}` }])))}}`,
    ],
    [
      "a registration with a long path",
      "POST",
      "/registrations",
      JSON.stringify({ id: "x", filter: "x", value: `$${"[*]".repeat(300_000)}` }),
    ],
    [
      "a registration with a long template",
      "POST",
      "/registrations",
      JSON.stringify({ id: "x", filter: "x", jinja: "{{ (".repeat(200_000) }),
    ],
    ["history of many points", "GET", `/history?from=0&to=1&points=${"p1,".repeat(3000)}p2`, undefined],
  ] as const) {
    if (body && body.length > MEGABYTE) throw new Error(`${what}: ${body.length} bytes are not read at all`);
    await watcher.during(
      `a hostile request, ${what}`,
      async () => {
        await (await fetch(`${bed.telltale.url}/api/v1${path}`, { method, headers, body })).text();
      },
      { budget: "hostile" },
    );
  }
}

const bed = await startTestBed({ points: 20, more: registrations });
const watcher = await watchPauses(bed);
try {
  await watcher.during("nobody does anything, a small server", () => pause(1000));
  await messages(bed, watcher);
  await requests(bed, watcher);
  await documents(bed, watcher);
} finally {
  await watcher.stop();
  await bed.stop();
}
