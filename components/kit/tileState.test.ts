import { describe, expect, it } from "vitest";
import type { Command } from "@/lib/command";
import type { CommandId, PointId } from "@/lib/ids";
import type { PointStatus } from "@/lib/reading";
import { asWording, say } from "@/lib/texts/said";
import { type Link, type TileInput, type TileState, tileState, wholeState } from "./tileState";

const NOW = 1_000_000;
const live: PointStatus = { freshness: "live", since: 0 };
const thresholds = [
  { above: 80, level: "warning" as const },
  { above: 95, level: "critical" as const },
];
const base: TileInput = { point: {}, value: 21, at: NOW - 3000, status: live };
const command = (rest: object): Command =>
  ({ id: "c" as CommandId, point: "p" as PointId, value: true, by: "Ana", at: NOW - 1000, ...rest }) as Command;

type Row = [
  what: string,
  input: Partial<TileInput>,
  link: Link,
  expected: [state: string, light: string, note?: string],
];

describe("tileState", () => {
  it.each<Row>([
    ["a fresh value", {}, "live", ["live", "live"]],
    ["a fresh value while the page is still connecting", {}, "connecting", ["live", "live"]],
    [
      "UI-13: a value whose broker is away",
      {
        broker: "main",
        status: {
          freshness: "offline",
          since: 5,
          reason: say("status.broker", { broker: "main", why: say("commands.faultRefused") }),
        },
      },
      "live",
      ["offline", "offline", "broker-offline"],
    ],
    [
      "UI-13: a device that is away, and says so through a broker that is there",
      {
        broker: "main",
        status: { freshness: "offline", since: 5, reason: say("status.deviceOffline", { topic: "a/lwt" }) },
      },
      "live",
      ["offline", "offline", "offline"],
    ],
    ["a value that the page can no longer vouch for", {}, "lost", ["stale", "stale", "disconnected"]],
    [
      "a value that stopped coming",
      { status: { freshness: "stale", since: NOW } },
      "live",
      ["stale", "stale", "silent"],
    ],
    [
      "a retained value of unknown age that counts as stale",
      { status: { freshness: "stale", since: NOW, retained: true } },
      "live",
      ["stale", "stale", "retained"],
    ],
    [
      "a retained value on a point that speaks on change",
      { status: { ...live, retained: true } },
      "live",
      ["live", "live", "retained"],
    ],
    [
      "a device that is gone",
      { status: { freshness: "offline", since: 5, reason: asWording("last will") } },
      "live",
      ["offline", "offline", "offline"],
    ],
    [
      "a device that is gone, on a page that is too",
      { status: { freshness: "offline", since: 5 } },
      "lost",
      ["offline", "offline", "offline"],
    ],
    [
      "what was never seen",
      { at: null, value: null, status: { freshness: "unknown", since: 0 } },
      "live",
      ["unknown", "unknown", "never"],
    ],
    [
      "an actuator that never reports",
      {
        point: { command: { kind: "button", assumed: true, send: "release", confirmMs: 5000 } },
        at: null,
        value: null,
        status: { freshness: "unknown", since: 0 },
      },
      "live",
      ["unknown", "unknown", "no-state"],
    ],
    ["what the device itself does not know", { value: null }, "live", ["unknown", "unknown", "device-unknown"]],
    ["a warning", { point: { thresholds }, value: 81 }, "live", ["alarm", "warning", "breach"]],
    ["a critical value", { point: { thresholds }, value: 96 }, "live", ["alarm", "critical", "breach"]],
    [
      "a critical value that is old: no alarm of now",
      { point: { thresholds }, value: 96 },
      "lost",
      ["stale", "stale", "disconnected"],
    ],
    [
      "a payload that could not be read since",
      { status: { ...live, reject: { message: asWording("not JSON"), at: NOW, count: 2 } } },
      "live",
      ["live", "live", "unreadable"],
    ],
    [
      "payloads of which none could be read",
      {
        at: null,
        value: null,
        status: { freshness: "unknown", since: 0, reject: { message: asWording("?"), at: NOW, count: 2 } },
      },
      "live",
      ["unknown", "unknown", "unreadable"],
    ],
    [
      "a payload that could not be read before a good one",
      { status: { ...live, reject: { message: asWording("not JSON"), at: NOW - 9000, count: 2 } } },
      "live",
      ["live", "live"],
    ],
    ["a command on its way", { command: command({ state: "sent" }) }, "live", ["live", "waiting"]],
    [
      "a command that waits for the device",
      { command: command({ state: "acked", ackedAt: NOW, assumed: false }) },
      "live",
      ["live", "waiting"],
    ],
    [
      "an assumed command, which nothing will confirm",
      { command: command({ state: "acked", ackedAt: NOW, assumed: true }) },
      "live",
      ["live", "live"],
    ],
    [
      "a confirmed command",
      { command: command({ state: "confirmed", endedAt: NOW, late: false }) },
      "live",
      ["live", "live"],
    ],
    [
      "an unconfirmed command",
      { command: command({ state: "unconfirmed", endedAt: NOW, reason: "" }) },
      "live",
      ["live", "unconfirmed"],
    ],
    [
      "an unconfirmed command of an hour ago",
      { command: command({ state: "unconfirmed", endedAt: NOW - 3_600_000, reason: "" }) },
      "live",
      ["live", "unconfirmed"],
    ],
    [
      "an unconfirmed command that a person has dismissed",
      { command: command({ state: "unconfirmed", endedAt: NOW, reason: "", dismissed: { by: "Ann", at: NOW } }) },
      "live",
      ["live", "live"],
    ],
    [
      "a press that came too late to be carried out",
      { command: command({ state: "refused", code: "too-late", reason: "Not sent." }) },
      "live",
      ["live", "unconfirmed"],
    ],
    [
      "a command of unknown outcome",
      { command: command({ state: "unknown", endedAt: NOW, reason: "" }) },
      "live",
      ["live", "unconfirmed"],
    ],
    [
      "a critical value while a command waits",
      { point: { thresholds }, value: 96, command: command({ state: "sent" }) },
      "live",
      ["alarm", "critical", "breach"],
    ],
  ])("tells %s", (_what, input, link, [state, light, note]) => {
    const told = tileState({ ...base, ...input }, link);
    expect([told.state, told.light, told.note?.kind]).toEqual([state, light, note]);
  });
});

describe("wholeState", () => {
  const state = (rest: Partial<TileState>): TileState => ({
    state: "live",
    level: undefined,
    light: "live",
    note: undefined,
    ...rest,
  });
  const gone = state({
    state: "offline",
    light: "offline",
    note: { kind: "offline", since: 1, reason: asWording("lost") },
  });
  it.each<[string, TileState, TileState[], string, string]>([
    ["the main point's", state({ state: "stale", light: "stale" }), [state({})], "stale", "stale"],
    ["offline where any part is, with its reason", state({}), [state({}), gone], "offline", "offline"],
    ["live though a part was never seen", state({}), [state({ state: "unknown", light: "unknown" })], "live", "live"],
    [
      "waiting where any part waits",
      state({}),
      [state({ light: "unconfirmed" }), state({ light: "waiting" })],
      "live",
      "waiting",
    ],
    ["unconfirmed where any part is", state({}), [state({ light: "unconfirmed" })], "live", "unconfirmed"],
    [
      "critical before all",
      state({ state: "alarm", level: "critical", light: "critical" }),
      [state({ light: "waiting" })],
      "alarm",
      "critical",
    ],
  ])("CO-7, CO-100: is %s", (_what, main, others, said, light) => {
    const whole = wholeState(main, others);
    expect([whole.state, whole.light]).toEqual([said, light]);
  });
  it("CO-7: tells why it is offline", () => expect(wholeState(state({}), [gone]).note).toEqual(gone.note));
});
