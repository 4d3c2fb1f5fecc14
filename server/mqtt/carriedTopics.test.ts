import { expect, test } from "vitest";
import { systemClock } from "../clock";
import { startNats } from "../testing/nats";
import { cleanups, harness, mosquitto } from "./brokers.harness";
import { createCarriedTopics } from "./carriedTopics";
import { MAIN } from "./mqtt.harness";

async function natsUrl(): Promise<string> {
  const nats = await startNats();
  cleanups.push(() => nats.stop());
  return nats.members[0]?.url as string;
}

test("CL-97: a command on a topic that a NATS cannot carry is not sent, and its connections stay", async () => {
  const h = harness();
  h.apply({ url: await natsUrl() }, { "plain/#": 0 });
  await h.untilReady();
  const reasonOf = async (topic: string) => {
    const outcome = await h.brokers.publish(h.command(topic, "on"));
    return outcome.outcome === "not-sent" ? outcome.reason : { code: outcome.outcome };
  };
  const all = ["plant.a/set", "plant b/set", "plant.a b/set", "plant/set"];
  expect(await Promise.all(all.map(reasonOf))).toMatchObject([
    { code: "commands.noDots" },
    { code: "commands.noSpaces" },
    { code: "commands.noDots" },
    { code: "acked" },
  ]);
  expect(await h.brokers.carries?.(MAIN, "plant.a/set")).toMatchObject({ code: "commands.noDots" });
  expect(h.state()).toMatchObject({ state: "connected" });
  expect(h.brokers.counters().main).toMatchObject({ reconnects: 0 });
  expect(h.brokers.connected(MAIN)).toBe(true);
});

/** As if the broker spoke 3.1.1 alone. */
function topicsOf(url: string, login: object = {}) {
  const settings = { clock: systemClock, random: () => 0, keepaliveMs: 10_000, connectTimeoutMs: 10_000 };
  return createCarriedTopics({
    broker: { id: MAIN, url, ...login },
    settings,
    connected: () => ({ protocol: "3.1.1", url }),
  });
}

test("CL-97: other brokers carry such topics, and a user without rights is told nothing wrong", async () => {
  expect(await topicsOf((await mosquitto()).url).whyNot("plant.a b/set")).toBeUndefined();
  const strict = await mosquitto({ users: { ada: "right" }, acl: "user ada\ntopic write plant.a/set\n" });
  const ada = { username: "ada", password: "right" };
  expect(await topicsOf(strict.url, ada).whyNot("plant.a/set")).toBeUndefined();
  expect(await topicsOf("mqtt://127.0.0.1:1").whyNot("plant.a/set")).toBeUndefined();
});

test("CL-97: a topic without such characters, and one that is none, are not asked for", async () => {
  const topics = topicsOf(await natsUrl());
  expect(await topics.whyNot("plant/set")).toBeUndefined();
  expect(await topics.whyNot("plant.a/+")).toBeUndefined();
  expect(await topics.whyNot("plant.a/set")).toMatchObject({ code: "commands.noDots" });
});
