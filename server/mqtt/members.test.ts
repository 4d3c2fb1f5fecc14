import { describe, expect, test } from "vitest";
import type { Broker } from "../../lib/broker";
import { asWording } from "../../lib/texts/said";
import { saying } from "../../lib/texts/said.harness";
import type { Log } from "../ports";
import { freePort, type Mosquitto } from "../testing/mosquitto";
import { aedes, flush, harness, listen, mosquitto, recorder } from "./brokers.harness";
import type { ConnectionFault } from "./connectionFaults";
import { createMembers } from "./members";
import { MAIN } from "./mqtt.harness";
import { moveDelay } from "./reconnectPolicy";

const [A, B, C] = ["mqtt://a:1883", "mqtt://b:1883", "mqtt://c:1883"] as const;
const cluster: Broker = { id: MAIN, url: A, otherUrls: [B, C] };
const down = (fault: ConnectionFault["fault"], refused5: "said" | "maybe" | "no" = "no") => ({
  fault,
  reason: asWording(fault),
  refused5,
});

describe("which address is next", () => {
  const make = (first?: string) => createMembers({ broker: cluster, first, random: () => 0 });

  test("BR-50: addresses are tried in their order, each once a round, and a round begins where the last one ended", () => {
    const members = make();
    const tried = Array.from({ length: 7 }, () => {
      const at = members.current().url;
      return `${at} ${members.failed(down("refused"), 0).do}`;
    });
    const round = [`${A} other`, `${B} other`, `${C} over`];
    expect(tried).toEqual([...round, ...round, round[0]]);
    expect(make(C).current().url).toBe(C);
    expect(make("mqtt://elsewhere").current().url).toBe(A);
  });

  test("BR-52: a round that failed is told by its first address, wherever it began", () => {
    for (const first of [A, B, C]) {
      const members = make(first);
      const told = [0, 1, 2]
        .map(() => members.failed({ ...down("timeout"), reason: asWording(members.current().url) }, 0))
        .at(-1);
      expect(told).toMatchObject({ do: "over", fault: { fault: "timeout", reason: saying(A) } });
    }
  });

  test("BR-51: an address that failed lately comes last when the connection is lost", () => {
    const members = make();
    members.failed(down("timeout"), 0);
    members.connected();
    expect(members.current().url).toBe(B);
    expect(members.lost(down("lost"), 500)).toEqual({ do: "other" });
    expect(members.current().url).toBe(C);
    members.connected();
    // A was tried half a second ago, B was lost a moment ago.
    members.lost(down("lost"), 600);
    expect(members.current().url).toBe(A);
    members.connected();
    expect(moveDelay(0.999)).toBeLessThanOrEqual(100);
    members.lost(down("lost"), 700);
    members.failed(down("refused"), 700);
    expect(members.current().url).toBe(C);
  });

  test("BR-53: refused credentials end the round: they are not tried at one address after the other", () => {
    const members = make();
    expect(members.failed(down("credentials"), 0)).toMatchObject({ do: "over", fault: { fault: "credentials" } });
    expect(members.current().url).toBe(B);
  });

  test("each address is spoken to in the version that it understands", () => {
    const members = make();
    expect(members.failed(down("protocol", "said"), 0)).toEqual({ do: "again" });
    expect([members.current().url, members.protocol()]).toEqual([A, "3.1.1"]);
    members.failed(down("protocol"), 0);
    expect([members.current().url, members.protocol()]).toEqual([B, "5"]);
    members.failed(down("protocol", "maybe"), 0);
    members.failed(down("refused"), 0);
    members.failed(down("refused"), 0);
    expect([members.current().url, members.protocol()]).toEqual([B, "3.1.1"]);
  });
});

const warnings = () => {
  const lines: string[] = [];
  const nothing = () => undefined;
  const log: Log = { debug: nothing, info: nothing, warn: (_, text) => lines.push(text ?? ""), error: nothing };
  return { lines, log };
};

describe("a broker with several addresses", () => {
  test("BR-50, BR-52: the first that answers is used, and those that do not are not told", async () => {
    const broker = await mosquitto();
    const { lines, log } = warnings();
    const h = harness({ log });
    const faults: string[] = [];
    h.brokers.onState(([state]) => {
      if (state?.state === "offline") faults.push(state.fault);
    });
    h.apply({ url: `mqtt://127.0.0.1:${await freePort()}`, otherUrls: [broker.url] }, { "#": 0 });
    await h.untilReady();
    expect(h.state()).toMatchObject({ state: "connected", url: broker.url });
    await flush(h, await recorder(broker.url), "mark");
    expect(await h.brokers.publish(h.command("a", "1"))).toEqual({ outcome: "acked" });
    expect([faults, lines]).toEqual([[], []]);
  });

  test("BR-51: when it dies the next one is connected, for listening and for commands", async () => {
    const [first, second] = [await mosquitto(), await mosquitto()];
    const h = harness();
    h.apply({ url: first.url, otherUrls: [second.url] }, { "#": 0 });
    await h.untilReady();
    expect(h.state()).toMatchObject({ url: first.url });
    const device = await recorder(second.url);
    const lost = h.untilState((s) => s.state === "offline");
    await first.kill();
    await lost;
    await h.untilReady();
    expect(h.state()).toMatchObject({ url: second.url });
    await flush(h, device, "mark");
    expect(await h.brokers.publish(h.command("pump", "on"))).toEqual({ outcome: "acked" });
    await device.until((heard) => heard.some(({ topic }) => topic === "pump"));
  });

  test("BR-52: with none left the broker is offline once, by its first address, and is asked at most once a second", async () => {
    const dials: number[] = [];
    const { url } = await listen((socket) => {
      dials.push(performance.now());
      socket.destroy();
    });
    const { lines, log } = warnings();
    const dead = `mqtt://127.0.0.1:${await freePort()}`;
    const h = harness({ log });
    h.apply({ url: dead, otherUrls: [url] }, {});
    const state = await h.untilState((s) => s.state === "offline");
    expect(state).toMatchObject({ fault: "refused", reason: saying(`of the 2 addresses works. The first: 127.0.0.1`) });
    await expect.poll(() => dials.length).toBeGreaterThanOrEqual(4);
    expect(lines).toEqual(["broker offline"]);
    for (const [i, at] of dials.entries()) if (i > 0) expect(at - (dials[i - 1] as number)).toBeGreaterThan(950);
  });

  test("FA-1, BR-52: addresses that accept and hang up are each asked at most once a second, too", async () => {
    const CONNACK_5 = Buffer.from([0x20, 0x03, 0x00, 0x00, 0x00]);
    const flapping = async () => {
      const dials: number[] = [];
      const { url } = await listen((socket) => {
        socket.once("data", (connect) => {
          // The connection for commands has waits of its own.
          if (!connect.includes("hall-command")) dials.push(performance.now());
          socket.end(CONNACK_5);
        });
      });
      return { url, dials };
    };
    const [one, two] = [await flapping(), await flapping()];
    const h = harness();
    h.apply({ url: one.url, otherUrls: [two.url], clientId: "hall" }, {});
    await expect.poll(() => Math.min(one.dials.length, two.dials.length)).toBeGreaterThanOrEqual(3);
    // From dial to CONNECT takes its time on a busy machine; without the rule it is a tenth of a second.
    for (const { dials } of [one, two])
      for (const [i, at] of dials.entries()) if (i > 0) expect(at - (dials[i - 1] as number)).toBeGreaterThan(700);
  });

  test("BR-55: its two connections have the same two client ids at every member", async () => {
    const [first, second] = [await mosquitto(), await mosquitto()];
    const h = harness();
    h.apply({ url: first.url, otherUrls: [second.url], clientId: "hall" }, {});
    const ids = ["hall", "hall-command"];
    const seenBy = (broker: Mosquitto) => ids.filter((id) => broker.log().includes(` as ${id} (`));
    await h.untilReady();
    await expect.poll(() => seenBy(first)).toEqual(ids);
    await first.kill();
    await h.untilState((s) => s.state === "connected" && s.url === second.url);
    await expect.poll(() => seenBy(second)).toEqual(ids);
  });

  test("BR-64: nodes with one configuration have client ids of their own, so that none takes the other's connection", async () => {
    const broker = await mosquitto();
    const nodes = ["north", "south"].map((node) => harness({ node }));
    for (const h of nodes) h.apply({ url: broker.url, clientId: "hall" }, { "#": 0 });
    for (const h of nodes) await h.untilReady();
    const ids = ["hall-north", "hall-north-command", "hall-south", "hall-south-command"];
    await expect.poll(() => ids.filter((id) => broker.log().includes(` as ${id} (`))).toEqual(ids);
    for (const h of nodes) await flush(h, await recorder(broker.url), "mark");
    for (const h of nodes) expect(h.brokers.counters()[MAIN]).toMatchObject({ reconnects: 0 });
  });

  test("BR-56: its test names the addresses that do not work, and works while one does", async () => {
    const broker = await mosquitto();
    const dead = `mqtt://127.0.0.1:${await freePort()}`;
    const { brokers } = harness({ connectTimeoutMs: 2000 });
    const run = (url: string, ...otherUrls: string[]) => brokers.test({ id: MAIN, url, otherUrls });
    expect(await run(broker.url, dead)).toMatchObject({
      ok: true,
      protocol: "5",
      unreachable: [{ url: dead, fault: "refused", reason: saying("refuses the connection") }],
    });
    const old = await aedes();
    const worked = await run(dead, old);
    expect(worked).toMatchObject({ ok: true, protocol: "3.1.1", unreachable: [{ url: dead }] });
    const gone = `mqtt://127.0.0.1:${await freePort()}`;
    expect(await run(dead, gone)).toMatchObject({ ok: false, fault: "refused", reason: saying("None of the 2") });
    expect(await run(broker.url, broker.url.replace("127.0.0.1", "localhost"))).not.toHaveProperty("unreachable");
  });
});
