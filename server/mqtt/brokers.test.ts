import { Aedes } from "aedes";
import { describe, expect, test } from "vitest";
import type { Qos } from "../../lib/qos";
import { inWords, type Said } from "../../lib/texts/said";
import { saying } from "../../lib/texts/said.harness";
import type { TopicFilter } from "../../lib/topics/parse";
import type { Brokers } from "../ports";
import { makeCertificates } from "../testing/certificates";
import { freePort } from "../testing/mosquitto";
import { aedes, cleanups, flush, harness, listen, mosquitto, recorder } from "./brokers.harness";
import { MAIN } from "./mqtt.harness";

describe("listening", () => {
  test("speaks MQTT 5 and hears its filters; unchanged ones are left alone when others change", async () => {
    const broker = await mosquitto();
    const h = harness();
    const device = await recorder(broker.url);
    await device.publish("kept/a", "retained", { retain: true, qos: 1 });
    h.apply({ url: broker.url }, { "kept/a": 0 });
    const state = await h.untilState((s) => s.state === "connected");
    expect(state).toMatchObject({ protocol: "5", refused: [] });
    await h.untilMessage((m) => m.topic === "kept/a" && m.retained);
    h.apply({ url: broker.url, name: "Renamed" }, { "kept/a": 0, "new/+": 1 });
    expect(h.state().name).toBe("Renamed");
    await device.publish("new/x", "late", { retain: true, qos: 1 });
    await h.untilMessage((m) => m.topic === "new/x");
    await flush(h, device, "new/x");
    // A second subscription to the same filter would have replayed it.
    expect(h.messages.filter((m) => m.topic === "kept/a" && m.retained)).toHaveLength(1);
    h.apply({ url: broker.url }, { "new/+": 1, mark: 0 });
    await flush(h, device, "mark");
    h.messages.length = 0;
    await device.publish("kept/a", "unheard");
    await flush(h, device, "mark");
    expect(h.messages.some((m) => m.topic === "kept/a")).toBe(false);
  });

  test("TM: overlapping filters give one message, though Mosquitto sends one for each of them", async () => {
    const broker = await mosquitto();
    const h = harness();
    const device = await recorder(broker.url);
    h.apply({ url: broker.url }, { "a/#": 0, "a/b": 1, "+/b": 0, mark: 0 });
    await h.untilState((s) => s.state === "connected");
    await flush(h, device, "mark");
    await device.publish("a/b", "1");
    await device.publish("a/b", "1");
    await device.publish("a/c", "2");
    await flush(h, device, "mark");
    const twice = h.messages.filter((m) => m.topic === "a/b");
    expect(twice.map((m) => m.single)).toEqual([true, true]);
    expect(h.messages.filter((m) => m.topic === "a/c")).toHaveLength(1);
    expect(h.brokers.counters()[MAIN]?.copies).toBeGreaterThan(0);
    // The oldest subscription goes: the next one's copies count from here on.
    h.apply({ url: broker.url }, { "a/b": 1, "+/b": 0, mark: 0 });
    await flush(h, device, "mark");
    await device.publish("a/b", "3");
    await flush(h, device, "mark");
    expect(h.messages.filter((m) => m.topic === "a/b")).toHaveLength(3);
  });

  test("a replay brings the retained messages of a filter again", async () => {
    const broker = await mosquitto();
    const h = harness();
    const device = await recorder(broker.url);
    await device.publish("kept/a", "1", { qos: 1, retain: true });
    h.apply({ url: broker.url }, { "kept/#": 0 });
    await h.untilMessage((m) => m.retained);
    h.messages.length = 0;
    h.brokers.replay?.(MAIN, "kept/#" as TopicFilter);
    expect(await h.untilMessage((m) => m.topic === "kept/a")).toMatchObject({ retained: true });
  });

  test("an oversize payload is counted and left to its reader to refuse, the rest goes on", async () => {
    const broker = await mosquitto();
    const h = harness({ maxPayloadBytes: 1000 });
    const device = await recorder(broker.url);
    h.apply({ url: broker.url }, { "#": 0 });
    await h.untilState((s) => s.state === "connected");
    await flush(h, device, "mark");
    await device.publish("big", "x".repeat(1_000_000));
    await flush(h, device, "mark");
    expect(h.messages.filter((m) => m.topic === "big")).toHaveLength(1);
    expect(h.brokers.counters()[MAIN]).toMatchObject({ oversize: 1 });
  });

  test("falls back to MQTT 3.1.1 where the broker says that it does not speak 5", async () => {
    const h = harness();
    h.apply({ url: await aedes() }, { "a/#": 0 });
    const state = await h.untilState((s) => s.state !== "connecting");
    expect(state).toMatchObject({ state: "connected", protocol: "3.1.1" });
    await h.untilReady();
    const sent = h.command("a/b", "hello");
    expect(await h.brokers.publish(sent)).toEqual({ outcome: "acked" });
    const echo = await h.untilMessage((m) => m.topic === "a/b");
    expect(echo.echoOf).toBe(sent.commandId);
  });

  test("falls back to MQTT 3.1.1 where the broker hangs up on 5", async () => {
    const broker = await Aedes.createBroker();
    cleanups.push(() => new Promise<void>((resolve) => broker.close(() => resolve())));
    const { url } = await listen((socket) => {
      socket.once("data", (packet) => {
        // The protocol level stands behind the name in CONNECT [3.1.1 §3.1.2.2].
        if (packet[8] === 5) return socket.destroy();
        socket.pause();
        socket.unshift(packet);
        broker.handle(socket);
      });
    });
    const h = harness();
    h.apply({ url }, { "a/#": 0 });
    expect(await h.untilState((s) => s.state === "connected")).toMatchObject({ protocol: "3.1.1" });
    expect(await h.brokers.test({ id: MAIN, url })).toMatchObject({ ok: true, protocol: "3.1.1" });
  });

  test("a refused subscription is listed with its reason and asked for again on the next connection", async () => {
    let refusing = true;
    const url = await aedes((filter) => refusing && filter === "secret/#");
    const h = harness();
    h.apply({ url }, { "open/#": 0, "secret/#": 0 });
    const state = await h.untilState((s) => s.state === "connected" && s.refused.length > 0);
    expect(state).toMatchObject({ refused: [{ filter: "secret/#", reason: saying(/refused/) }] });
    refusing = false;
    h.apply({ url, clientId: "other" }, { "open/#": 0, "secret/#": 0 });
    await h.untilReady();
    await h.brokers.publish(h.command("secret/x", "1"));
    await h.untilMessage((m) => m.topic === "secret/x");
    expect(h.state()).toMatchObject({ refused: [] });
  });

  test("a filter on which brokers hang up is refused here and takes no other off the air", async () => {
    const broker = await mosquitto();
    const h = harness();
    h.apply({ url: broker.url }, { "a/\u0001": 0, "b/#": 0 });
    await h.untilReady();
    expect(h.state()).toMatchObject({ refused: [{ filter: "a/\u0001", reason: saying("U+0001") }] });
    await h.brokers.publish(h.command("b/x", "1"));
    await h.untilMessage((m) => m.topic === "b/x");
  });
});

describe("a broker that goes and comes back", () => {
  const filters: [string, Qos][] = [
    ["resubscribe", 0],
    ["__proto__", 1],
    ["constructor/+", 0],
    ["plain", 0],
  ];

  test("every subscription is made again, topics with odd names too; retained replays are marked", async () => {
    const broker = await mosquitto({ persistence: true });
    const h = harness();
    h.apply({ url: broker.url }, filters);
    await h.untilReady();
    const device = await recorder(broker.url);
    await device.publish("plain", "kept", { qos: 1, retain: true });
    const live = await h.untilMessage((m) => m.topic === "plain");
    expect(live.retained).toBe(false);
    h.messages.length = 0;
    await broker.restart();
    await h.untilReady();
    const replay = await h.untilMessage((m) => m.topic === "plain");
    expect(replay.retained).toBe(true);
    await device.ready();
    for (const topic of ["resubscribe", "__proto__", "constructor/x"]) {
      await device.publish(topic, "again");
      await h.untilMessage((m) => m.topic === topic && !m.retained);
    }
    expect(h.brokers.counters()[MAIN]).toMatchObject({ reconnects: 1 });
  });

  test("is marked at once when it dies, with the reason, and found again", async () => {
    const broker = await mosquitto();
    const h = harness();
    h.apply({ url: broker.url }, {});
    await h.untilReady();
    await broker.kill();
    const state = await h.untilState((s) => s.state === "offline");
    // By the end of the connection, and not by a ping that stayed without an answer.
    expect(state).toMatchObject({ fault: "lost", reason: expect.not.stringContaining("stopped answering") });
    expect(h.brokers.connected(MAIN)).toBe(false);
    expect(await h.brokers.publish(h.command("a", "1"))).toMatchObject({ outcome: "not-sent" });
    await h.untilState((s) => s.state === "offline" && s.fault === "refused");
    await broker.restart();
    await h.untilReady();
  });

  test("is found out when it freezes without a word", async () => {
    const broker = await mosquitto();
    const h = harness({ keepaliveMs: 1000, connectTimeoutMs: 1000 });
    h.apply({ url: broker.url }, {});
    await h.untilReady();
    broker.freeze();
    const state = await h.untilState((s) => s.state === "offline");
    expect(state).toMatchObject({ fault: "lost", reason: saying("stopped responding") });
    broker.thaw();
    await h.untilReady();
  });

  test("is asked at most once a second, wherever it fails", async () => {
    const dials: number[] = [];
    const { url } = await listen((socket) => {
      dials.push(Date.now());
      socket.destroy();
    });
    const h = harness();
    h.apply({ url }, {});
    await expect.poll(() => dials.length).toBeGreaterThanOrEqual(4);
    for (const [i, at] of dials.entries()) if (i > 0) expect(at - (dials[i - 1] as number)).toBeGreaterThan(950);
  });
});

describe("the test of a connection", () => {
  const run = (url: string, more: object = {}, brokers: Brokers = harness({ connectTimeoutMs: 1000 }).brokers) =>
    brokers.test({ id: MAIN, url, ...more });

  test("tells what is wrong in words that say what to do", async () => {
    const secured = await mosquitto({ users: { ada: "right" } });
    expect(await run(secured.url, { username: "ada", password: "right" })).toMatchObject({ ok: true, protocol: "5" });
    expect(await run(secured.url, { username: "ada", password: "wrong" })).toMatchObject({
      ok: false,
      fault: "credentials",
      reason: saying("password"),
    });
    expect(await run(secured.url)).toMatchObject({ ok: false, fault: "credentials" });
    expect(await run(`mqtt://127.0.0.1:${await freePort()}`)).toMatchObject({ ok: false, fault: "refused" });
    expect(await run("mqtt://no-such-host.invalid")).toMatchObject({ ok: false, fault: "dns" });
    expect(await run(`mqtts://127.0.0.1:${secured.port}`)).toMatchObject({ ok: false, fault: "tls" });
    expect(await run("mqtts://127.0.0.1:1", { cert: "no PEM", key: "none" })).toMatchObject({
      ok: false,
      fault: "tls",
    });
    expect(await run(`ws://127.0.0.1:${secured.port}/mqtt`)).toMatchObject({ ok: false });
  });

  test("ends by itself on a port that never answers, and on one that speaks something else", async () => {
    const mute = await listen(() => {});
    const web = await listen((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    const brokers = harness({ connectTimeoutMs: 2000 }).brokers;
    const [silent, other] = await Promise.all([run(mute.url, {}, brokers), run(web.url, {}, brokers)]);
    expect(silent).toMatchObject({ ok: false, fault: "timeout" });
    expect(other).toMatchObject({ ok: false, fault: "protocol" });
  });

  test("wrong credentials are shown in the state and not tried again soon", async () => {
    const secured = await mosquitto({ users: { ada: "right" } });
    const h = harness();
    h.apply({ url: secured.url, username: "ada", password: "wrong" }, {});
    expect(await h.untilState((s) => s.state === "offline")).toMatchObject({ fault: "credentials" });
    expect(await h.brokers.publish(h.command("a", "1"))).toMatchObject({ outcome: "not-sent" });
  });

  test("TLS: a CA of one's own, a client certificate, or no proof where that is wanted", async () => {
    const { ca, server, client } = makeCertificates();
    const broker = await mosquitto({ tls: { ca, ...server } });
    const strict = await mosquitto({ tls: { ca, ...server, requireClientCert: true } });
    expect(await run(broker.url)).toMatchObject({ ok: false, fault: "tls", reason: saying("CA") });
    expect(await run(broker.url, { ca })).toMatchObject({ ok: true });
    expect(await run(broker.url, { verify: false })).toMatchObject({ ok: true });
    expect(await run(strict.url, { ca })).toMatchObject({ ok: false, fault: "tls" });
    expect(await run(strict.url, { ca, ...client })).toMatchObject({ ok: true });
    expect(await run(`mqtt://127.0.0.1:${broker.port}`)).toMatchObject({ ok: false, fault: "protocol" });
    const h = harness();
    h.apply({ url: strict.url, ca, ...client }, { "#": 0 });
    await h.untilReady();
    expect(await h.brokers.publish(h.command("a", "1"))).toEqual({ outcome: "acked" });
    await h.untilMessage((m) => m.topic === "a");
  });

  test("WebSocket works as TCP does", async () => {
    const broker = await mosquitto({ websockets: true });
    const h = harness();
    h.apply({ url: broker.wsUrl as string }, { "#": 0 });
    await h.untilReady();
    const device = await recorder(broker.url);
    await flush(h, device, "mark");
  });
});

describe("the preview", () => {
  test("hears its filter with a client of its own and ends when told", async () => {
    const broker = await mosquitto();
    const h = harness();
    const device = await recorder(broker.url);
    await device.publish("seen/a", "1", { qos: 1, retain: true });
    h.apply({ url: broker.url }, {});
    await h.untilReady();
    let stop = () => {};
    const heard = await new Promise<string>((resolve) => {
      stop = h.brokers.preview(
        MAIN,
        "seen/+" as TopicFilter,
        (m) => resolve(`${m.topic} ${m.retained}`),
        (why) => resolve(inWords(why)),
      );
    });
    stop();
    expect(heard).toBe("seen/a true");
    expect(h.messages).toHaveLength(0);
  });

  test("says why it could not go on", async () => {
    const h = harness();
    h.apply({ url: `mqtt://127.0.0.1:${await freePort()}` }, {});
    const reason = await new Promise<Said>((resolve) => {
      h.brokers.preview(MAIN, "a" as TopicFilter, () => {}, resolve);
    });
    expect(reason).toEqual(saying(/refuses the connection/));
  });
});
