// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is tested are texts of telltale.yaml that hold ${NAME}
import { describe, expect, test } from "vitest";
import { err, ok } from "../../lib/result";
import { say } from "../../lib/texts/said";
import { saying } from "../../lib/texts/said.harness";
import { parseConfigFile } from "./parseConfigFile";

const PEM = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n";

const parse = (text: string, more: { env?: Record<string, string>; otherBrokers?: string[] } = {}) =>
  parseConfigFile(text, {
    env: { MQTT_PASSWORD: "s3cret", EMPTY: "", ...more.env },
    otherBrokers: new Set(more.otherBrokers),
    readPem: (name) => (name === "ca.pem" ? ok(PEM) : err(say("notice.noSuchFile"))),
  });

/** As in docs/registrations.md, with a certificate. */
const WHOLE = `
brokers:
  - id: main
    url: mqtts://broker.example:8883     # mqtt:// mqtts:// ws:// wss://
    username: telltale
    password: \${MQTT_PASSWORD}
    ca: ca.pem
topics:
  - id: boiler-temp                      # one value, no wildcard: the point has this id
    name: Boiler temperature
    filter: plant/boiler/status
    value: $.temp                        # JSONPath; absent: the whole payload
    time: $.ts                           # optional: the device's own clock
    unit: °C
    device: Boiler
    area: Basement
    range: [0, 120]
    thresholds: [{above: 80, level: warning}, {above: 95, level: critical}]
    staleAfter: 60s                      # or auto (default), or never
  - id: climate                          # wildcard and several values: points climate/<level>.<key>
    name: "{1}"
    filter: greenhouse/+/climate
    values:
      temperature: {value: $.t, unit: °C}
      humidity: {value: $.h, unit: "%"}
  - id: pump
    name: Circulation pump
    filter: plant/pump/state
    type: boolean
    payloads: {on: "ON", off: "OFF"}
    availability: {filter: plant/pump/lwt, online: Online, offline: Offline}
    command: {topic: plant/pump/set, confirm: 5s}      # payloads as above unless given
  - id: setpoint
    filter: plant/boiler/setpoint
    type: number
    unit: °C
    command: {topic: plant/boiler/setpoint/set, min: 30, max: 80, step: 0.5, template: '{"target": {{value}}}'}
dashboards:
  - slug: plant
    title: Plant
    tiles:
      - {kind: gauge, point: boiler-temp, w: 3, h: 2}  # x, y optional: flows
      - {kind: switch, point: pump}
      - {kind: slider, point: setpoint}
`;

describe("telltale.yaml", () => {
  test("CF-4: the whole example is read", () => {
    const result = parse(WHOLE);
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    expect(result.value.brokers[0]).toMatchObject({ password: "s3cret", ca: PEM });
    expect(result.value.topics.map((t) => t.id)).toEqual(["boiler-temp", "climate", "pump", "setpoint"]);
    expect(result.value.dashboards[0]?.sections[0]?.tiles).toHaveLength(3);
  });

  test.each([
    ["nothing", ""],
    ["a comment", "# soon\n"],
    ["empty sections", "brokers:\ntopics:\n#  - id: x\n"],
  ])("CF-4: %s is an empty configuration", (_what, text) => {
    expect(parse(text)).toEqual({ ok: true, value: { brokers: [], topics: [], dashboards: [], alarms: [] } });
  });

  test("CF-5: variables are put into texts, $${ stays as it is, and nothing is put in twice", () => {
    const result = parse("topics:\n  - {id: a, filter: a, name: '${A} and $${A}${EMPTY}!'}\n", {
      env: { A: "${EMPTY}" },
    });
    expect(result.ok && result.value.topics[0]?.name).toBe("${EMPTY} and ${A}!");
  });

  test("CF-4: merge keys and anchors are understood", () => {
    const text = "topics:\n  - &a {id: a, filter: a, unit: °C}\n  - {<<: *a, id: b}\n";
    const result = parse(text);
    expect(result.ok && result.value.topics[1]).toEqual({ id: "b", filter: "a", unit: "°C" });
  });

  const mistakes: [string, string, [number, number, RegExp][]][] = [
    ["a tab for indentation", "topics:\n\t- id: a\n", [[2, 1, /tab/i]]],
    ["a bracket that is not closed", "topics:\n  - id: a\n    range: [0, 1\n", [[4, 1, /Flow sequence/]]],
    ["a key given twice", "topics:\n  - id: a\n    filter: a\n    filter: b\n", [[4, 5, /keys must be unique/]]],
    ["a tag that nobody knows", "topics: !include topics.yaml\n", [[1, 9, /!include/]]],
    [
      "a misspelt key",
      "topics:\n  - id: a\n    filter: a\n    treshold: 3\n",
      [[4, 5, /topics\[0\] "a", treshold: "treshold" is not known here/]],
    ],
    ["a misspelt section", "topics: []\nbroker: []\n", [[2, 1, /"broker" is not known/]]],
    ["a missing key", "topics:\n  - filter: a\n", [[2, 5, /id: expected string, received undefined/]]],
    ["a bad filter", "topics:\n  - id: a\n    filter: a/#/b\n", [[3, 5, /filter: "#" must stand alone/]]],
    [
      "the same id twice",
      "topics:\n  - {id: a, filter: a}\n  - {id: a, filter: b}\n",
      [[3, 6, /id "a" is used twice/]],
    ],
    ["a list that is a map", "topics:\n  a: {filter: a}\n", [[1, 1, /topics: expected array/]]],
    ["text instead of a map", "hello\n", [[1, 1, /expected object/]]],
    [
      "a bad duration",
      "topics:\n  - id: a\n    filter: a\n    staleAfter: 5 parsecs\n",
      [[4, 5, /staleAfter: "5 parsecs" is not a duration/]],
    ],
    [
      "a wrong choice deep inside",
      "topics:\n  - id: a\n    filter: a\n    thresholds:\n      - {above: 3, level: bad}\n",
      [[5, 20, /thresholds\.0\.level: expected one of/]],
    ],
    [
      "an error within one of several forms",
      "topics:\n  - id: a\n    filter: a\n    availability:\n      filter: x\n      onlin: y\n",
      [[6, 7, /"onlin" is not known here/]],
    ],
    [
      "an unset variable",
      "brokers:\n  - id: main\n    url: mqtt://h\n    password: ${NOPE}\n",
      [[4, 15, /environment variable NOPE is not set/]],
    ],
    ["a broken reference", "topics:\n  - id: a\n    name: x ${oops\n    filter: a\n", [[3, 11, /is not a reference/]]],
    [
      "a url with a password",
      "brokers:\n  - id: main\n    url: mqtt://a:b@h\n",
      [[3, 5, /own fields, not in the url/]],
    ],
    [
      "a certificate that is not there",
      "brokers:\n  - id: main\n    url: mqtts://h\n    ca: nope.pem\n",
      [[4, 5, /no such file/]],
    ],
    [
      "a broker that is nowhere",
      "brokers:\n  - {id: main, url: 'mqtt://h'}\ntopics:\n  - id: a\n    broker: other\n    filter: a\n",
      [[5, 5, /there is no broker "other"; there is main/]],
    ],
    [
      "a JSONPath that does not parse",
      "topics:\n  - id: a\n    filter: a\n    values:\n      t:\n        unit: C\n        value: '$.['\n",
      [[7, 9, /values\.t\.value: /]],
    ],
    [
      "several mistakes",
      "topics:\n  - id: A B\n    filter: a\n  - id: b\n    filter: ''\n",
      [
        [2, 5, /id must be/],
        [5, 5, /at least one character/],
      ],
    ],
  ];
  test.each(mistakes)("CF-6: %s is told with its line", (_what, text, expected) => {
    const result = parse(text);
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.error).toEqual(
      expected.map(([line, column, message]) => ({ line, column, message: saying(message) })),
    );
  });

  test("MS-51: what is wrong at a place is a key with arguments, and the reason in it too", () => {
    const file = "brokers:\n  - {id: main, url: 'mqtts://h', ca: nope.pem}\n";
    const where = 'brokers[0] "main", ca';
    expect(parse(file)).toMatchObject({
      ok: false,
      error: [{ message: say("problem.fileAt", { where, why: say("notice.noSuchFile") }) }],
    });
    expect(parse("topics:\n  - {id: a, filter: a, jinja: '{{ value'}\n")).toMatchObject({
      ok: false,
      error: [{ message: { args: { why: say("schema.templateOpen", { mark: "{{" }) } } }],
    });
  });

  test("CF-6: a broker from elsewhere may be named", () => {
    expect(parse("topics:\n  - {id: a, broker: main, filter: a}\n", { otherBrokers: ["main"] }).ok).toBe(true);
  });

  test("CF-6: no message tells a secret that came from the environment", () => {
    const result = parse("brokers:\n  - id: main\n    url: ${MQTT_PASSWORD}\n    clientID: ${MQTT_PASSWORD}\n");
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain("s3cret");
  });

  test("CF-6: a bomb of aliases is refused", () => {
    const levels = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(",")}]`);
    const result = parse(`l0: &l0 x\n${levels.join("\n")}\n`);
    expect(result).toMatchObject({ ok: false, error: [{ message: saying(/alias/i) }] });
  });
});

describe("what a file may stand for", () => {
  const bomb = (levels: number, item: (i: number) => string): string =>
    Array.from({ length: levels }, (_, i) => `l${i}: &l${i} ${i === 0 ? "{id: a}" : item(i - 1)}`).join("\n");

  test.each([
    ["lists of aliases", bomb(12, (i) => `[${Array(9).fill(`*l${i}`).join(", ")}]`)],
    ["merges of merges", bomb(12, (i) => `{<<: [${Array(9).fill(`*l${i}`).join(", ")}]}`)],
    ["an alias of what holds it", "topics: &a [*a]"],
  ])("HB-15: %s that stand for more than a million values are refused with their line", (_, text) => {
    const parsed = parse(text);
    expect(parsed).toMatchObject({
      ok: false,
      error: [{ message: saying("aliases expand to more than") }],
    });
  });

  test("HB-101: an anchor may be used by thousands of topics", () => {
    const topics = Array.from({ length: 2000 }, (_, i) => `  - {<<: *base, id: t${i}, filter: t/${i}}`).join("\n");
    const parsed = parse(`topics:\n  - &base {id: base, filter: base, unit: °C}\n${topics}\n`);
    expect(parsed.ok && parsed.value.topics.length).toBe(2001);
  });

  test("HB-15: a file that is nested too deeply is refused", () => {
    expect(parse("[".repeat(100_000))).toMatchObject({ ok: false });
  });
});
