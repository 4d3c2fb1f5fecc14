import { describe, expect, it } from "vitest";
import type { Command } from "@/lib/command";
import type { CommandId, PointId } from "@/lib/ids";
import { asWording } from "@/lib/texts/said";
import { ageText, commandText, everyText, noteText, type Writer } from "./words";

const NOW = 10_000_000;
const writer: Writer = {
  clock: () => "11:40",
  value: (v) => (typeof v === "boolean" ? (v ? "On" : "Off") : `${v} °C`),
};
const command = (rest: object): Command =>
  ({ id: "c" as CommandId, point: "p" as PointId, value: true, by: "Ana", at: NOW - 1000, ...rest }) as Command;

describe("paces and ages", () => {
  it.each([
    [400, "0.4 s"],
    [12, "0.1 s"],
    [990, "1 s"],
    [1600, "2 s"],
    [60_000, "1 min"],
  ])("what comes every %d ms comes every %s", (ms, text) => expect(everyText(ms)).toBe(text));
  it.each([
    [-5000, "now"],
    [0, "now"],
    [4999, "now"],
    [5000, "5 s ago"],
    [9999, "5 s ago"],
    [59_999, "55 s ago"],
    [60_000, "1 min ago"],
    [119_999, "1 min ago"],
    [7_300_000, "2 h ago"],
  ])("UI-31: an age of %d ms is %s", (ms, text) => expect(ageText(NOW, NOW - ms)).toBe(text));
});

describe("noteText", () => {
  it.each([
    [{ kind: "broker-offline", since: 1, broker: "main" }, "Broker main offline since 11:40"],
    [{ kind: "offline", since: 1, reason: asWording("last will") }, "offline since 11:40 · last will"],
    // MS-26: as the server says it.
    [
      { kind: "offline", since: 1, reason: { code: "status.deviceOffline", args: { topic: "a/lwt" } } },
      "offline since 11:40 · the device is offline, reported on a/lwt",
    ],
    [{ kind: "silent", since: NOW - 840_000 }, "no reading for 14 min"],
    [
      { kind: "silent", since: NOW - 840_000, unreadable: asWording("not JSON") },
      "no reading for 14 min · newest payload not readable: not JSON",
    ],
    // MS-25: as the server says it.
    [
      { kind: "unreadable", message: { code: "reject.empty", args: { format: "JSON" } }, count: 1 },
      "newest payload not readable: the payload is empty, not JSON",
    ],
    [{ kind: "breach", breach: { level: "warning", threshold: { above: -15, level: "warning" } } }, "above -15 °C"],
    [
      { kind: "breach", breach: { level: "critical", threshold: { below: 3, level: "critical" } } },
      "critical below 3 °C",
    ],
    [{ kind: "retained" }, "retained, of unknown age"],
    [{ kind: "silent", since: NOW - 33_400 }, "no reading for 33 s"],
  ] as const)("%j", (note, text) => expect(noteText(note, NOW, writer).text).toBe(text));
  it("names no time of day before it knows the reader's zone", () => {
    expect(noteText({ kind: "offline", since: 1, reason: undefined }, NOW, { ...writer, clock: undefined }).text).toBe(
      "offline",
    );
  });
});

describe("commandText", () => {
  const ended = { endedAt: NOW - 1000, reason: "because" };
  it.each<[object, string | undefined, string | undefined]>([
    [{ state: "sent" }, "Ana", "asked for On, sending to the pump…"],
    [{ state: "acked", assumed: false, ackedAt: NOW }, "Ana", "asked for On, waiting for the pump…"],
    [{ state: "acked", assumed: false, ackedAt: NOW }, "Ben", "Ana asked for On, waiting for the pump…"],
    [{ state: "acked", assumed: true, ackedAt: NOW }, "Ben", "sent On 11:40 · Ana"],
    [{ state: "confirmed", late: false, ...ended }, "Ana", "confirmed 11:40 · Ana"],
    [{ state: "confirmed", late: true, ...ended }, "Ana", "answered late 11:40"],
    [{ state: "unconfirmed", ...ended }, "Ana", "asked for On at 11:40, the device did not answer"],
    [{ state: "failed", code: 135, ...ended }, "Ana", "asked for On at 11:40, the broker refused it: because"],
    [{ state: "unknown", ...ended }, "Ana", "asked for On at 11:40, it may or may not have happened: because"],
    // MS-12: as this version says it; the one above, MS-13, as an older one stored it.
    [
      { state: "failed", code: 135, endedAt: NOW, reason: { code: "commands.puback151" } },
      "Ana",
      "asked for On at 11:40, the broker refused it: the broker's quota is used up",
    ],
    [{ state: "refused", code: "busy", reason: "busy: Ana asked for On" }, "Ben", undefined],
    [
      { state: "refused", code: "too-late", reason: "Not sent: the connection was interrupted." },
      "Ben",
      "Ana asked for On at 11:40, not sent: the connection was interrupted.",
    ],
    [
      { state: "unconfirmed", reason: "", endedAt: NOW - 3_600_000 },
      "Ana",
      "asked for On at 11:40, the device did not answer",
    ],
    [{ state: "unconfirmed", reason: "", endedAt: NOW, dismissed: { by: "Ben", at: NOW } }, "Ana", undefined],
    [
      { state: "unconfirmed", reason: "", endedAt: NOW, unheard: true },
      "Ana",
      "asked for On at 11:40, no device is listening for this command",
    ],
    [
      { state: "acked", assumed: true, ackedAt: NOW, unheard: true },
      "Ben",
      "sent On 11:40 · Ana · no device is listening for this command",
    ],
    [{ state: "sent", value: null }, "Ben", "Ana pressed, sending to the pump…"],
  ])("%j read by %s", (rest, me, text) => {
    expect(commandText(command(rest), NOW, writer, "the pump", me)?.text).toBe(text);
  });

  it("FA-109: what was news before the server's clock was set back by an hour is none for an hour more", () => {
    const confirmed = command({ state: "confirmed", late: false, endedAt: NOW + 3_600_000 });
    expect(commandText(confirmed, NOW, writer, "the pump")).toBeUndefined();
  });
});
