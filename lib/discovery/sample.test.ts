import { describe, expect, test } from "vitest";
import { finish } from "../steps";
import { createDiscovery } from "./discovery";
import type { DiscoveryExample } from "./example";
import { type ConventionId, conventions } from "./registry";
import { createSample, SAMPLE_LIMITS } from "./sample";
import { bytes, NOW, run } from "./testing";

const sampled = (topic: string, payload: unknown) => ({ topic, payload: bytes(payload), at: NOW, retained: false });

describe("a sample of all topics", () => {
  test("DV-106: a prefix that nobody expects is asked for when its shape leaves no doubt, and what it said before is given back", () => {
    const discovery = createDiscovery();
    const sample = createSample(discovery);
    const take = (topic: string, payload: unknown) =>
      finish(sample.take(sampled(topic, payload))).map((message) => message.topic);
    expect(take("nvr2/garden/dog", "2")).toEqual([]);
    expect(take("other/garden/dog", "2")).toEqual([]);
    expect(take("nvr2/available", "online")).toEqual([]);
    expect([...discovery.asked]).toEqual([]);
    expect(take("nvr2/garden/detect/state", "ON")).toEqual([
      "nvr2/garden/dog",
      "nvr2/available",
      "nvr2/garden/detect/state",
    ]);
    expect([...discovery.asked]).toEqual(["nvr2/#"]);
    // From then on each message of it, and of nothing else.
    expect(take("nvr2/garden/cat", "1")).toEqual(["nvr2/garden/cat"]);
    expect(take("other/garden/cat", "1")).toEqual([]);
    // What was asked for before a sample began is subscribed to.
    const next = createSample(discovery);
    expect(finish(next.take(sampled("nvr2/garden/cat", "1")))).toEqual([]);
  });

  test("DV-106: below a usual prefix nothing is found before its shape leaves no doubt, and then all of it", () => {
    const discovery = createDiscovery();
    const say = (topic: string, payload: unknown) => discovery.handle(topic, bytes(payload), NOW, true);
    say("solar/116494407001/0/power", "12");
    say("solar/116494407001/name", "Roof");
    expect(discovery.devices()).toEqual([]);
    say("solar/dtu/status", "online");
    expect(discovery.devices()).toMatchObject([{ name: "Roof", entities: [{ name: "Power" }] }]);
    // It is subscribed to already.
    expect([...discovery.asked]).toEqual([]);
  });

  test("DV-106: a sample is bounded in messages and bytes, and long payloads are not kept", () => {
    const few = createSample(createDiscovery(), { ...SAMPLE_LIMITS, messages: 2 });
    const message = sampled("a/b", "1");
    expect([few.admit(message), few.full, few.admit(message), few.full, few.admit(message)]).toEqual([
      true,
      false,
      true,
      true,
      false,
    ]);
    const small = createSample(createDiscovery(), { ...SAMPLE_LIMITS, bytes: 100 });
    expect([small.admit(sampled("a/b", "x".repeat(200))), small.admit(message)]).toEqual([true, false]);
    const discovery = createDiscovery();
    const short = createSample(discovery, { ...SAMPLE_LIMITS, payload: 10 });
    for (const [topic, payload] of [
      ["roof/ac/power", "x".repeat(11)],
      ["roof/ac/yieldday", "5"],
      ["roof/dtu/status", "online"],
    ] as const)
      if (topic.endsWith("status"))
        expect(finish(short.take(sampled(topic, payload))).map((one) => one.topic)).toEqual([
          "roof/ac/yieldday",
          "roof/dtu/status",
        ]);
      else finish(short.take(sampled(topic, payload)));
  });

  test("DV-106: prefixes that look like a convention's are bounded", () => {
    const discovery = createDiscovery();
    const sample = createSample(discovery);
    for (let i = 0; i < 2000; i++) finish(sample.take(sampled(`roof${i}/dtu/status`, "online")));
    expect(discovery.asked.size).toBe(100);
  });
});

const examples = import.meta.glob<readonly DiscoveryExample[]>("./*/examples.ts", { eager: true, import: "examples" });
/** Conventions that read topics of any first level only when their shape leaves no doubt. */
const BY_SHAPE: readonly ConventionId[] = conventions.flatMap(({ id, shapes }) => (shapes ? [id] : []));

describe("conventions that are recognised by their shape", () => {
  test.each(BY_SHAPE)("DV-107: %s claims nothing of what the others' devices say", (id) => {
    const others = Object.entries(examples).flatMap(([path, list]) =>
      path === `./${id}/examples.ts` ? [] : list.flatMap(({ messages }) => messages),
    );
    expect(others.length).toBeGreaterThan(100);
    const discovery = run(
      others,
      conventions.filter((one) => one.id === id),
    );
    expect(discovery.devices().map(({ name }) => name)).toEqual([]);
    expect([...discovery.asked]).toEqual([]);
  });

  test("DV-107: none of them claims a device of another one, with all of them there", () => {
    for (const [path, list] of Object.entries(examples))
      for (const { messages } of list) {
        const own = path.split("/")[1];
        const others = run(messages)
          .devices()
          .flatMap(({ conventions: found }) => found)
          .filter((found) => BY_SHAPE.includes(found) && found !== own);
        expect([path, others]).toEqual([path, []]);
      }
  });
});
