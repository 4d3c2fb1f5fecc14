import { expect, test } from "vitest";
import type { BrokerState } from "../../../lib/broker";
import { decodePayload, encodeCommand } from "../../../lib/decoders/sparkplug/payload";
import type { BrokerId, CommandId } from "../../../lib/ids";
import { asWording, inWords, say } from "../../../lib/texts/said";
import type { Topic, TopicFilter } from "../../../lib/topics/parse";
import type { Brokers, CommandPublish, InboundMessage } from "../../ports";
import { fakeBrokers } from "../../testing/fakeBrokers";
import { createFakeClock } from "../../testing/fakeClock";
import { withSparkplug } from "./sparkplugBrokers";

const MAIN = "main" as BrokerId;
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const metric = (name: string | undefined, alias: bigint, datatype: number, value: number | boolean) => {
  const made = encodeCommand({ name: name as string, alias, datatype, value, at: 1_760_000_000_000 });
  if (!made.ok) throw new Error(inWords(made.error));
  return made.value;
};

function setUp() {
  const clock = createFakeClock();
  const sent: CommandPublish[] = [];
  const applied: string[][] = [];
  const states: BrokerState[] = [];
  let hand: (message: InboundMessage) => void = () => undefined;
  const inner: Brokers = {
    ...fakeBrokers(),
    apply: (_, filters) => void applied.push([...(filters.get(MAIN)?.keys() ?? [])]),
    onMessage(listener) {
      hand = listener;
      return () => undefined;
    },
    states: () => states,
    async publish(message) {
      sent.push(message);
      return { outcome: "acked" };
    },
  };
  const brokers = withSparkplug(inner, { clock, log: silent });
  const heard: [string, string][] = [];
  brokers.onMessage(({ topic, payload }) => heard.push([topic, Buffer.from(payload).toString()]));
  return {
    clock,
    brokers,
    states,
    sent,
    applied,
    heard,
    say: (topic: string, payload: Uint8Array) =>
      hand({ broker: MAIN, topic, payload, retained: false, receivedAt: clock.now() }),
    want: (...filters: string[]) =>
      brokers.apply([], new Map([[MAIN, new Map(filters.map((filter) => [filter as TopicFilter, 0 as const]))]])),
    command: (topic: string, payload: string) =>
      brokers.publish({
        broker: MAIN,
        topic: topic as Topic,
        payload,
        qos: 0,
        retain: false,
        commandId: "c" as CommandId,
      }),
  };
}

test("FD-11: a filter on a metric subscribes its whole node, any other filter stays what it is", () => {
  const h = setUp();
  h.want("spBv1.0/G/DDATA/N/D/pump", "spBv1.0/G/NDATA/N/load", "home/t");
  expect(h.applied).toEqual([["spBv1.0/G/+/N/#", "home/t"]]);
});

test("FD-100: births and data come taken apart, behind the message itself", () => {
  const h = setUp();
  h.say("spBv1.0/G/NBIRTH/N", metric("load", 1n, 10, 2.5));
  expect(h.heard.map(([topic]) => topic)).toEqual([
    "spBv1.0/G/NBIRTH/N",
    "spBv1.0/G/NDATA/N/load",
    "spBv1.0/G/NDATA/N/$state",
  ]);
  expect(h.heard[1]?.[1]).toContain('"value":2.5');
});

test("FD-101: a command to a metric leaves as the node wants it, and not before its birth was heard", async () => {
  const h = setUp();
  expect((await h.command("spBv1.0/G/NCMD/N/run", "true")).outcome).toBe("not-sent");
  h.say("spBv1.0/G/NBIRTH/N", metric("run", 7n, 11, false));
  expect(await h.command("spBv1.0/G/NCMD/N/run", "true")).toEqual({ outcome: "acked" });
  expect(h.sent[0]?.topic).toBe("spBv1.0/G/NCMD/N");
  const read = decodePayload(h.sent[0]?.payload as Uint8Array);
  expect(read.ok && read.value.metrics[0]).toMatchObject({ alias: 7n, datatype: 11 });
});

test("SP-104: a gap asks for a birth only after the reorder time, and not when the message came", () => {
  const h = setUp();
  h.want("spBv1.0/G/NDATA/N/load");
  const numbered = (seq: number) =>
    Buffer.concat([metric("load", 1n, 10, seq), Buffer.from([0x18, ...(seq < 128 ? [seq] : [])])]);
  h.say("spBv1.0/G/NBIRTH/N", numbered(0));
  h.say("spBv1.0/G/NDATA/N", numbered(2));
  h.clock.advance(4900);
  h.say("spBv1.0/G/NDATA/N", numbered(1));
  h.clock.advance(60_000);
  expect(h.sent).toEqual([]);
  h.say("spBv1.0/G/NDATA/N", numbered(4));
  h.clock.advance(4900);
  expect(h.sent).toEqual([]);
  h.clock.advance(200);
  expect(h.sent.map(({ topic }) => topic)).toEqual(["spBv1.0/G/NCMD/N"]);
  h.say("spBv1.0/G/NDATA/N", numbered(6));
  h.brokers.apply([], new Map());
  h.clock.advance(60_000);
  expect(h.sent).toHaveLength(1);
});

test("FD-102: a node whose birth was missed is asked for it, only where it is registered and not again at once", () => {
  const h = setUp();
  const data = () => h.say("spBv1.0/G/NDATA/N", metric(undefined, 1n, 10, 1));
  data();
  expect(h.sent).toEqual([]);
  h.want("spBv1.0/G/NDATA/N/load");
  data();
  data();
  expect(h.sent.map(({ topic }) => topic)).toEqual(["spBv1.0/G/NCMD/N"]);
  h.clock.advance(30_000);
  data();
  expect(h.sent).toHaveLength(2);
});

test("FA-109: a node whose birth was missed is asked again as soon as ever where the clock was set back", () => {
  const h = setUp();
  h.want("spBv1.0/G/NDATA/N/load");
  const data = () => h.say("spBv1.0/G/NDATA/N", metric(undefined, 1n, 10, 1));
  data();
  h.clock.setBack(3_600_000);
  h.clock.advance(30_000);
  data();
  expect(h.sent).toHaveLength(2);
});

test("CL-99: what discovery looks for in vain on a broker without such topics is no fault, unless it is a matter of rights", () => {
  const h = setUp();
  const connected = (...filters: string[]) => ({
    ...{ id: MAIN, name: "main", since: 0, state: "connected" as const, protocol: "3.1.1" as const, rate: 1 },
    refused: filters.map((filter) => ({ filter, reason: say("connection.suback128Characters") })),
  });
  const refusedOf = (...filters: string[]) => {
    h.states.splice(0, 1, connected(...filters));
    return h.brokers.states().flatMap((state) => (state.state === "connected" ? state.refused : []));
  };
  const looking = ["spBv1.0/+/NBIRTH/+", "spBv1.0/STATE/+"];
  expect(refusedOf(...looking)).toEqual([]);
  expect(refusedOf(...looking, "spBv1.0/#", "plant.a/t").map(({ filter }) => filter)).toEqual([
    "spBv1.0/#",
    "plant.a/t",
  ]);
  expect(refusedOf(...looking, "STATE/+")).toHaveLength(3);
});

test("FA-21: a node that the broker refuses to subscribe is told as each of its registered metrics", () => {
  const h = setUp();
  const metrics = ["spBv1.0/g/DDATA/n/d/temp", "spBv1.0/g/DDATA/n/d/level"];
  h.want(...metrics, "plain");
  const [node] = h.applied[0] ?? [];
  h.states.push({
    ...{ id: MAIN, name: "main", since: 1, state: "connected", protocol: "5", rate: 0 },
    refused: [
      { filter: node as string, reason: asWording("not authorized") },
      { filter: "plain", reason: asWording("not authorized") },
    ],
  });
  const [state] = h.brokers.states();
  expect(state?.state === "connected" && state.refused.map(({ filter }) => filter)).toEqual([...metrics, "plain"]);
});
