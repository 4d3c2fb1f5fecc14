import { expect, test } from "vitest";
import { saying } from "../../lib/texts/said.harness";
import { freePort } from "../testing/mosquitto";
import { startNats } from "../testing/nats";
import { cleanups, flush, harness, mosquitto, recorder } from "./brokers.harness";
import { MAIN } from "./mqtt.harness";

/** Sorted: they are found side by side. */
async function limitsOf(url: string, more: object = {}): Promise<string[] | undefined> {
  const outcome = await harness().brokers.test({ id: MAIN, url, ...more });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.limits?.slice().sort();
}

test("BR-60: the test of a Mosquitto finds nothing that it cannot do", async () => {
  expect(await limitsOf((await mosquitto()).url)).toEqual([]);
});

test("BR-63: a filter that a NATS refuses for its characters is told so", async () => {
  const nats = await startNats();
  cleanups.push(() => nats.stop());
  const h = harness();
  h.apply({ url: nats.members[0]?.url as string }, { "spBv1.0/#": 0, "plain/#": 0 });
  const state = await h.untilState((s) => s.state === "connected" && s.refused.length > 0);
  expect(state).toMatchObject({ refused: [{ filter: "spBv1.0/#", reason: saying("as NATS") }] });
});

test("BR-60: the test of a NATS says which topics and messages end its connection, and that it has no $SYS", async () => {
  const nats = await startNats();
  cleanups.push(() => nats.stop());
  expect(await limitsOf(nats.members[0]?.url as string)).toEqual(["dot", "qos2", "space", "sys"]);
});

test("BR-60: what a broker says of itself is found as well", async () => {
  const port = await freePort();
  // `max_qos` is of the listener in front of it.
  await mosquitto({ conf: `retain_available false\nsys_interval 0\nlistener ${port} 127.0.0.1\nmax_qos 1` });
  expect(await limitsOf(`mqtt://127.0.0.1:${port}`)).toEqual(["qos2", "retained", "sys"]);
});

test("BR-61: what is published for it is below telltale/test/, and none of it is retained afterwards", async () => {
  const broker = await mosquitto();
  const during = await recorder(broker.url);
  await during.ready();
  await limitsOf(broker.url);
  const h = harness();
  h.apply({ url: broker.url }, { "#": 0 });
  await h.untilReady();
  await flush(h, during, "mark");
  const topics = [...new Set(during.heard.map(({ topic }) => topic))].filter((topic) => topic !== "mark");
  expect(topics.length).toBeGreaterThan(3);
  for (const topic of topics) expect(topic).toMatch(/^telltale\/test\/[0-9a-f]{12}\//);
  // All that is retained has come by now.
  expect(h.messages.map(({ topic }) => topic)).toEqual(["mark"]);
});

test("BR-62: of a user who may not publish there nothing is claimed", async () => {
  const users = { ada: "right" };
  const strict = await mosquitto({ users, acl: "user ada\ntopic read house/#\n" });
  expect(await limitsOf(strict.url, { username: "ada", password: "right" })).toBeUndefined();
});
