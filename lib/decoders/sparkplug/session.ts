import type { Value } from "../../reading";
import { err, ok, type Result } from "../../result";
import { finish, type Steps } from "../../steps";
import { type Said, say } from "../../texts/said";
import { createMessageOrder, type MessageOrder } from "./order";
import { encodeCommand, type Metric, type Payload, readPayload, readValue } from "./payload";
import {
  metricTopic,
  parseMetricTopic,
  parseSparkplugTopic,
  type SparkplugTopic,
  stateTopic,
  wireCommandTopic,
} from "./topics";

/** A request for a rebirth. `soon`: only after the reorder time, and only if `takeMissed` still returns a reason then. */
export interface RebirthWish {
  topic: string;
  why: string;
  soon?: true;
}

/** One of the ordinary messages that a Sparkplug message is split into. */
export interface PlainMessage {
  topic: string;
  payload: string;
}

export interface Taken {
  messages: readonly PlainMessage[];
  /** Set when the node should send a new birth: its data cannot be understood, or a message was missed. */
  rebirth?: RebirthWish;
  /** The payload could not be read. */
  fault?: string;
}

/** The state of a broker's edge nodes: a Sparkplug message can be read only with the births before it. */
export interface SparkplugSession {
  /** Undefined if the topic does not belong to Sparkplug. Never throws. */
  take(topic: string, payload: Uint8Array, receivedAt: number): Taken | undefined;
  /** The same in steps. The next message must not start before this one is finished. */
  read(topic: string, payload: Uint8Array, receivedAt: number): Steps<Taken | undefined>;
  /** Why the node of this NCMD topic still needs a rebirth. Returned once. */
  takeMissed(topic: string): string | undefined;
  /** Turns a command on one of our topics (`commandTopic`) into the node's message. Refused until the metric's birth is known. */
  encode(topic: string, text: string, at: number): Result<{ topic: string; payload: Uint8Array }, Said>;
  /** The request for a new birth, for its NCMD topic. */
  rebirthRequest(at: number): Uint8Array;
}

interface Known {
  name: string;
  alias: bigint | undefined;
  datatype: number | undefined;
}
interface Owner {
  byName: Map<string, Known>;
  byAlias: Map<bigint, Known>;
}
interface Node extends Owner {
  devices: Map<string, Owner>;
  order: MessageOrder;
  /** Devices that were born or died while a message was missing. */
  overtook: Set<string>;
  bdSeq: Value | undefined;
}

const MAX_NODES = 2000;
const MAX_DEVICES = 2000;
/** Metrics of all nodes together: births come from outside and must not fill the memory. */
const MAX_KNOWN = 500_000;

export function createSparkplugSession(): SparkplugSession {
  const nodes = new Map<string, Node>();
  let known = 0;

  function learn(owner: Owner, metrics: readonly Metric[]): void {
    known -= owner.byName.size;
    owner.byName.clear();
    owner.byAlias.clear();
    for (const { name, alias, datatype, isDefinition } of metrics) {
      if (name === undefined || isDefinition || known >= MAX_KNOWN) continue;
      const one: Known = { name, alias, datatype };
      if (!owner.byName.has(name)) known++;
      owner.byName.set(name, one);
      // 0 is a valid alias.
      if (alias !== undefined) owner.byAlias.set(alias, one);
    }
  }

  function* births(at: SparkplugTopic, payload: Payload, receivedAt: number): Steps<Taken> {
    const key = `${at.group}/${at.node}`;
    let node = nodes.get(key);
    if (at.kind === "NBIRTH") {
      if (!node) {
        // not a text: for the log
        if (nodes.size >= MAX_NODES) return { messages: [], fault: "too many edge nodes" };
        node = { ...owner(), devices: new Map(), order: createMessageOrder(), overtook: new Set(), bdSeq: undefined };
        nodes.set(key, node);
      }
      learn(node, payload.metrics);
      node.order.begin(payload.seq);
      const bd = payload.metrics.find((m) => m.name === "bdSeq");
      node.bdSeq = bd && readValue(bd);
      yield;
      const { messages } = yield* readings(at, node, node, payload, receivedAt);
      return { messages: [...messages, state(at, true)] };
    }
    // not a text: for the log
    if (!node) return { messages: [], rebirth: rebirthOf(at, "a device was born before its node") };
    const { before, ...gap } = follow(node, at, payload, receivedAt);
    let device = node.devices.get(at.device ?? "");
    if (!device) {
      // not a text: for the log
      if (node.devices.size >= MAX_DEVICES) return { messages: [], fault: "too many devices" };
      device = owner();
      node.devices.set(at.device ?? "", device);
    }
    learn(device, payload.metrics);
    yield;
    const { messages } = yield* readings(at, device, node, payload, receivedAt, before);
    return { messages: [...messages, ...stateInOrder(node, at, true, before)], ...gap };
  }

  function deaths(at: SparkplugTopic, payload: Payload, receivedAt: number): Taken {
    const node = nodes.get(`${at.group}/${at.node}`);
    if (at.kind === "DDEATH") {
      if (!node) return { messages: [state(at, false)] };
      const { before, ...gap } = follow(node, at, payload, receivedAt);
      return { messages: stateInOrder(node, at, false, before), ...gap };
    }
    const bd = payload.metrics.find((m) => m.name === "bdSeq");
    // The last will of an earlier connection says nothing about the current one.
    if (node && bd && node.bdSeq !== undefined && readValue(bd) !== node.bdSeq) return { messages: [] };
    const devices = [...(node?.devices.keys() ?? [])].map((device) => state({ ...at, device }, false));
    node?.order.begin(undefined);
    return { messages: [state(at, false), ...devices] };
  }

  function* data(at: SparkplugTopic, payload: Payload, receivedAt: number): Steps<Taken> {
    const node = nodes.get(`${at.group}/${at.node}`);
    const whose = at.device === undefined ? node : node?.devices.get(at.device);
    // not a text: for the log
    if (!node) return { messages: [], rebirth: rebirthOf(at, "data arrived before its birth") };
    if (!whose) {
      follow(node, at, payload, receivedAt);
      // not a text: for the log
      return { messages: [], rebirth: unreadable(node, at, "data arrived before its birth") };
    }
    const { before, ...gap } = follow(node, at, payload, receivedAt);
    const { messages, unknown } = yield* readings(at, whose, node, payload, receivedAt, before);
    return {
      messages,
      // not a text: for the log
      ...(unknown ? { rebirth: unreadable(node, at, "data has an alias that no birth defines") } : gap),
    };
  }

  /** A birth or death that another one of the same device overtook does not describe the present. */
  function stateInOrder(node: Node, at: SparkplugTopic, online: boolean, before: number | undefined): PlainMessage[] {
    const device = at.device ?? "";
    if (before !== undefined && node.overtook.has(device)) return [];
    if (!node.order.waiting) node.overtook.clear();
    else if (before === undefined) node.overtook.add(device);
    return [state(at, online)];
  }

  /** `before` is set if another message overtook this one: the earliest time in that message. */
  function follow(
    node: Node,
    at: SparkplugTopic,
    payload: Payload,
    receivedAt: number,
  ): Pick<Taken, "rebirth"> & { before?: number } {
    const turn = node.order.follow(payload.seq, earliest(payload, receivedAt));
    if (turn?.kind === "overtaken") return { before: turn.before };
    return turn ? { rebirth: { ...rebirthOf(at, turn.why), soon: true } } : {};
  }

  /** While messages are missing, the birth may be one of them and only late. */
  const unreadable = (node: Node, at: SparkplugTopic, why: string): RebirthWish =>
    node.order.blame(why) ? { ...rebirthOf(at, why), soon: true } : rebirthOf(at, why);

  function* read(topic: string, bytes: Uint8Array, receivedAt: number): Steps<Taken | undefined> {
    const at = parseSparkplugTopic(topic);
    if (!at || at.kind.endsWith("CMD")) return undefined;
    const payload = yield* readPayload(bytes);
    if (!payload.ok) return { messages: [], fault: payload.error };
    if (at.kind.endsWith("BIRTH")) return yield* births(at, payload.value, receivedAt);
    if (at.kind.endsWith("DEATH")) return deaths(at, payload.value, receivedAt);
    return yield* data(at, payload.value, receivedAt);
  }

  return {
    read,
    take: (topic, bytes, receivedAt) => finish(read(topic, bytes, receivedAt)),
    takeMissed(topic) {
      const at = parseSparkplugTopic(topic);
      return at && nodes.get(`${at.group}/${at.node}`)?.order.takeMissed();
    },
    encode(topic, text, at) {
      const to = parseMetricTopic(topic);
      if (to?.verb !== "CMD") return err(say("commands.sparkplugNoCommand"));
      const node = nodes.get(`${to.group}/${to.node}`);
      const whose = to.device === undefined ? node : node?.devices.get(to.device);
      const metric = whose?.byName.get(to.metric);
      if (!metric || metric.datatype === undefined) return err(say("commands.sparkplugNoBirth"));
      const payload = encodeCommand({
        name: metric.name,
        alias: metric.alias,
        datatype: metric.datatype,
        value: parse(text),
        at,
      });
      return payload.ok ? ok({ topic: wireCommandTopic(to), payload: payload.value }) : payload;
    },
    rebirthRequest(at) {
      const made = encodeCommand({ name: "Node Control/Rebirth", alias: undefined, datatype: 11, value: true, at });
      return made.ok ? made.value : new Uint8Array();
    },
  };
}

const owner = (): Owner => ({ byName: new Map(), byAlias: new Map() });

const state = (at: SparkplugTopic, online: boolean): PlainMessage => ({
  topic: stateTopic(at),
  payload: online ? "online" : "offline",
});

const rebirthOf = (at: SparkplugTopic, why: string): RebirthWish => ({
  topic: wireCommandTopic({ ...at, device: undefined }),
  why,
});

function* readings(
  at: SparkplugTopic,
  whose: Owner,
  node: Owner,
  payload: Payload,
  receivedAt: number,
  before = Number.POSITIVE_INFINITY,
): Steps<{ messages: PlainMessage[]; unknown: boolean }> {
  const messages: PlainMessage[] = [];
  let unknown = false;
  for (const metric of payload.metrics) {
    const told =
      metric.alias === undefined ? undefined : (whose.byAlias.get(metric.alias) ?? node.byAlias.get(metric.alias));
    const name = metric.name ?? told?.name;
    if (name === undefined) {
      unknown = true;
      continue;
    }
    // Values stored while the node was offline would replace newer ones.
    if (metric.historical || metric.isDefinition) continue;
    const datatype = metric.datatype ?? told?.datatype ?? whose.byName.get(name)?.datatype;
    // The sequence number says which message is older, even where the node's clock does not.
    const when = Math.min(timeOf(metric, payload, receivedAt), before - 1);
    for (const { path, value } of flat(name, metric, datatype))
      messages.push({ topic: metricTopic(at, path), payload: JSON.stringify({ value, time: when }) });
    yield;
  }
  return { messages, unknown };
}

const timeOf = (metric: Metric, payload: Payload, receivedAt: number): number =>
  plausible(metric.timestamp, receivedAt) ?? plausible(payload.timestamp, receivedAt) ?? receivedAt;

const earliest = (payload: Payload, receivedAt: number): number =>
  payload.metrics.reduce((least, metric) => Math.min(least, timeOf(metric, payload, receivedAt)), receivedAt);

/** Undefined for the time of a clock that was never set or runs a day ahead: the time of arrival is better then. */
const plausible = (at: number | undefined, now: number): number | undefined =>
  at !== undefined && at > 946_684_800_000 && at <= now + 86_400_000 ? at : undefined;

/** A template instance gives a value for each of its members. */
function* flat(
  name: string,
  metric: Metric,
  datatype: number | undefined,
): IterableIterator<{ path: string; value: Value }> {
  if (metric.members && !metric.isNull) {
    for (const member of metric.members)
      if (member.name !== undefined) yield* flat(`${name}/${member.name}`, member, member.datatype);
    return;
  }
  const value = readValue(metric, datatype);
  if (value !== undefined) yield { path: name, value };
}

function parse(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  const number = Number(text);
  // An integer that a double cannot hold exactly stays text.
  return text.trim() !== "" && Number.isFinite(number) && (Number.isSafeInteger(number) || !/^-?\d+$/.test(text))
    ? number
    : text;
}
