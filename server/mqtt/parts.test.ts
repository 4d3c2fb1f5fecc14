import { describe, expect, test } from "vitest";
import type { CommandId } from "../../lib/ids";
import { saying } from "../../lib/texts/said.harness";
import { createCommandMark } from "./commandMark";
import { classifyConnack, classifyDisconnect, classifyError } from "./connectionFaults";
import { createCopyFilter } from "./copies";
import { createRecentPublishes } from "./recentPublishes";
import { reconnectDelay } from "./reconnectPolicy";
import { guardFilter, guardTopic } from "./topicGuard";

describe("the pace of reconnecting", () => {
  test("is never more than one attempt a second and grows to 30 s, with jitter", () => {
    for (let failures = 0; failures < 50; failures++) {
      expect(reconnectDelay(failures, "refused", 0)).toBe(1000);
      expect(reconnectDelay(failures, "refused", 0.999)).toBeLessThanOrEqual(30_000);
    }
    expect(reconnectDelay(0, "lost", 0.999)).toBeLessThanOrEqual(2000);
    expect(reconnectDelay(20, "lost", 0.999)).toBeGreaterThan(29_000);
  });

  test("is at most two a minute for what only a person can mend", () => {
    for (const fault of ["credentials", "not-authorized"] as const)
      for (const random of [0, 0.5, 0.999]) expect(reconnectDelay(0, fault, random)).toBeGreaterThanOrEqual(30_000);
  });
});

describe("copies of one message", () => {
  const filter = () => {
    const copies = createCopyFilter();
    copies.add("a/#", 1);
    copies.add("a/b", 2);
    copies.add("c", 3);
    return copies;
  };

  test("TM: only the oldest subscription's copy counts", () => {
    const copies = filter();
    expect([2, 1].map((id) => copies.counts("a/b", id))).toEqual([false, true]);
    expect(copies.counts("a/x", 1)).toBe(true);
    expect(copies.counts("c", 3)).toBe(true);
  });

  test("TM: a single copy with all identifiers, or with none, counts", () => {
    expect(filter().counts("a/b", [2, 1])).toBe(true);
    expect(filter().counts("a/b", undefined)).toBe(true);
  });

  test("TM: when the oldest is given up the next one takes its place; what is not confirmed yet is not lost", () => {
    const copies = filter();
    expect(copies.counts("a/b", 1)).toBe(true);
    copies.remove("a/#", 1);
    expect([1, 2].map((id) => copies.counts("a/b", id))).toEqual([false, true]);
    expect(copies.counts("new", 9)).toBe(true);
  });
});

describe("echoes", () => {
  const id = "5a0e9a3e-0000-4000-8000-000000000001" as CommandId;
  const on = Buffer.from("ON");

  test("without user properties one is found once, by topic and payload, for 10 s", () => {
    const book = createRecentPublishes();
    book.wrote(id, "pump", on, 0);
    expect(book.match("pump", Buffer.from("OFF"), 1)).toBeUndefined();
    expect(book.match("other", on, 1)).toBeUndefined();
    expect(book.match("pump", on, 1)).toBe(id);
    expect(book.match("pump", on, 2)).toBeUndefined();
    book.wrote(id, "pump", on, 0);
    expect(book.match("pump", on, 10_001)).toBeUndefined();
  });

  test("what never went out has no echo", () => {
    const book = createRecentPublishes();
    book.wrote(id, "pump", on, 0);
    book.forget(id);
    expect(book.match("pump", on, 1)).toBeUndefined();
  });

  test("CM-38: a property is believed on the command's own topic and payload only, and for an id that was given out", () => {
    const book = createRecentPublishes();
    book.wrote(id, "pump/set", on, 0);
    expect(book.claimed({ id }, "pump/state", on, false)).toBeUndefined();
    expect(book.claimed({ id }, "pump/set", Buffer.from("OFF"), false)).toBeUndefined();
    expect(book.claimed({ id: "forged" }, "pump/set", on, false)).toBeUndefined();
    expect(book.claimed({ id }, "pump/set", on, false)).toBe(id);
  });

  test("CM-38: an id is found once; a second message with it is a report, but for what the broker retained", () => {
    const book = createRecentPublishes();
    book.wrote(id, "pump", on, 0);
    expect(book.claimed({ id }, "pump", on, false)).toBe(id);
    expect(book.claimed({ id }, "pump", on, false)).toBeUndefined();
    expect(book.claimed({ id }, "pump", on, true)).toBe(id);
  });

  test("CL-90: a command of another node is known by its mark, which nobody without the secret makes, and once", () => {
    const mark = createCommandMark("the secret of these nodes");
    const book = createRecentPublishes(mark);
    const right = { id: "theirs", mark: mark.of("theirs", "pump", on) };
    expect(book.claimed({ id: "theirs" }, "pump", on, false)).toBeUndefined();
    expect(book.claimed(right, "pump/state", on, false)).toBeUndefined();
    expect(book.claimed(right, "pump", Buffer.from("OFF"), false)).toBeUndefined();
    expect(book.claimed({ ...right, id: "another" }, "pump", on, false)).toBeUndefined();
    const forged = createCommandMark("another secret").of("theirs", "pump", on);
    expect(book.claimed({ id: "theirs", mark: forged }, "pump", on, false)).toBeUndefined();
    expect(book.claimed(right, "pump", on, false)).toBe("theirs");
    expect(book.claimed(right, "pump", on, false)).toBeUndefined();
    expect(book.claimed(right, "pump", on, true)).toBe("theirs");
    expect(createRecentPublishes().claimed(right, "pump", on, false)).toBeUndefined();
  });
});

describe("faults", () => {
  const target = { url: "mqtts://broker.example:8884" };
  test.each([
    ["ENOTFOUND", "dns"],
    ["EAI_AGAIN", "dns"],
    ["ECONNREFUSED", "refused"],
    ["EHOSTUNREACH", "timeout"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls"],
    ["CERT_HAS_EXPIRED", "tls"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "tls"],
    ["ECONNRESET", "tls"],
    ["constructor", "other"],
  ])("%s is %s", (code, fault) => {
    expect(classifyError(Object.assign(new Error("no"), { code }), target).fault).toBe(fault);
  });

  test("MS-27: why a connection failed is a key, with the place and what a library says as arguments", () => {
    const refused = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    expect(classifyError(refused, target)).toEqual({
      fault: "refused",
      reason: { code: "connection.refused", args: { host: "broker.example", port: "8884" } },
    });
    expect(classifyError(new Error("bad header"), target).reason).toEqual({
      code: "connection.notMqtt",
      args: { host: "broker.example", port: "8884", error: "bad header" },
    });
    expect(classifyError(new Error("odd"), target).reason).toBe("odd");
  });

  test("a refused CONNACK names the mend", () => {
    expect(classifyConnack(134, target)).toMatchObject({ fault: "credentials" });
    expect(classifyConnack(5, { ...target, username: "ada" }).reason).toEqual(saying('"ada"'));
    expect(classifyConnack(99, target)).toMatchObject({ fault: "other" });
    expect(classifyDisconnect(142).reason).toEqual(saying("client id"));
  });
});

describe("the topic guard", () => {
  test.each(["", "a/#", "+", "a\u0000", "\u0007", "\u0085", "\ufdd0", "\u{1ffff}", "\ud800", "x".repeat(65_536)])(
    "CM-28: refuses %j",
    (topic) => {
      expect(guardTopic(topic).ok).toBe(false);
    },
  );

  test.each(["a", "/", "a//b", "a/$SYS/x", "__proto__", "resubscribe", "häuser/küche/😀", "x".repeat(65_535)])(
    "lets %j pass",
    (topic) => {
      expect(guardTopic(topic)).toEqual({ ok: true, value: topic });
      expect(guardFilter(topic).ok).toBe(true);
    },
  );
});
