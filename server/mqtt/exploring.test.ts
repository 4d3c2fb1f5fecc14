import { createServer } from "node:net";
import { Aedes } from "aedes";
import { describe, expect, test } from "vitest";
import { type Said, say } from "../../lib/texts/said";
import { saying } from "../../lib/texts/said.harness";
import type { TopicFilter } from "../../lib/topics/parse";
import { freePort } from "../testing/mosquitto";
import { cleanups, harness, mosquitto, recorder } from "./brokers.harness";
import { MAIN } from "./mqtt.harness";

describe("exploring", () => {
  test("XP-20, XP-35: hears everything at any rate, the broker's own topics too, with the retain flag as published", async () => {
    const broker = await mosquitto();
    const h = harness();
    const device = await recorder(broker.url);
    await device.publish("kept/a", "1", { qos: 1, retain: true });
    h.apply({ url: broker.url }, {});
    await h.untilReady();
    const heard: { topic: string; retained: boolean }[] = [];
    const many = 3000;
    let end: Said | undefined;
    let stop = () => {};
    await new Promise<void>((resolve) => {
      const message = (m: { topic: string; retained: boolean }): void => {
        heard.push(m);
        if (heard.filter(({ topic }) => topic === "many").length === many) resolve();
      };
      const up = async (refused: unknown[]): Promise<void> => {
        expect(refused).toEqual([]);
        await h.brokers.publish(h.command("by/hand", "2", { retain: true, byHand: true }));
        for (let i = 0; i < many; i++) device.client.publish("many", String(i), { qos: 1 });
      };
      stop = h.brokers.explore(MAIN, ["#", "$SYS/#"] as TopicFilter[], {
        message,
        up: (refused) => void up(refused),
        end: (reason) => {
          end = reason;
          resolve();
        },
      });
    });
    stop();
    expect(end).toBeUndefined();
    const flagOf = (name: string) => heard.find(({ topic }) => topic === name)?.retained;
    expect([flagOf("kept/a"), flagOf("by/hand"), flagOf("many")]).toEqual([true, true, false]);
    expect(heard.some(({ topic }) => topic.startsWith("$SYS/"))).toBe(true);
    // By hand is no command: it has no mark, so that what comes back is a reading.
    expect(device.heard.find(({ topic }) => topic === "by/hand")?.command).toBeUndefined();
    expect(h.messages).toHaveLength(0);
  });

  /** A broker that lets nobody read any other filter. */
  async function besideBrokerOf(readable: readonly string[]): Promise<ReturnType<typeof harness>> {
    const aedes = await Aedes.createBroker({
      authorizeSubscribe: (_client, subscription, done) =>
        done(null, readable.includes(subscription.topic) ? subscription : null),
    });
    const server = createServer(aedes.handle);
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    cleanups.push(async () => {
      await new Promise<void>((resolve) => aedes.close(() => server.close(() => resolve())));
    });
    const h = harness();
    h.apply({ url: `mqtt://127.0.0.1:${port}` }, {});
    await h.untilReady();
    return h;
  }

  test("MS-41: where the broker refuses every filter, they and their reasons are texts within one text", async () => {
    const h = await besideBrokerOf([]);
    const why = await new Promise<unknown>((resolve) => {
      h.brokers.explore(MAIN, ["#", "$SYS/#"] as TopicFilter[], { message() {}, up: resolve, end: resolve });
    });
    const ofOne = (filter: string) => say("connection.filterRefused", { filter, reason: say("connection.suback128") });
    expect(why).toEqual(say("kit.reasons", { first: ofOne("#"), rest: ofOne("$SYS/#") }));
    expect(why).toEqual(saying(/^#: the broker refused it .*; \$SYS\/#: the broker refused it /));
  });

  test("XP-22: says what the broker does not let us see, and goes on with the rest", async () => {
    const h = await besideBrokerOf(["#"]);
    const refused = await new Promise<unknown>((resolve) => {
      h.brokers.explore(MAIN, ["#", "$SYS/#"] as TopicFilter[], { message() {}, up: resolve, end: resolve });
    });
    expect(refused).toMatchObject([{ filter: "$SYS/#" }]);
  });
});
