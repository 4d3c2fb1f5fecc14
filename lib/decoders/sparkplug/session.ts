import type { Value } from "../../reading";
import { err, ok, type Result } from "../../result";
import { decodePayload, encodeCommand, type Metric, type Payload, readValue } from "./payload";
import {
  metricTopic,
  parseMetricTopic,
  parseSparkplugTopic,
  type SparkplugTopic,
  stateTopic,
  wireCommandTopic,
} from "./topics";

/** An ordinary message that a Sparkplug message is taken apart into. */
export interface PlainMessage {
  topic: string;
  payload: string;
}

export interface Taken {
  messages: readonly PlainMessage[];
  /** Why the node should be asked for a new birth: what it says can no longer be understood, or something was missed. */
  rebirth?: { topic: string; why: string };
  /** The payload could not be read. */
  fault?: string;
}

/** What is known of a broker's edge nodes: Sparkplug is a conversation, a message alone means little. */
export interface SparkplugSession {
  /** Undefined where the topic is not Sparkplug's. Never throws. */
  take(topic: string, payload: Uint8Array, receivedAt: number): Taken | undefined;
  /** A command on a topic of ours (`commandTopic`), as the node wants it. Refused while the metric's birth is not known. */
  encode(topic: string, text: string, at: number): Result<{ topic: string; payload: Uint8Array }>;
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
  seq: number | undefined;
  bdSeq: Value | undefined;
}

const MAX_NODES = 2000;
const MAX_DEVICES = 2000;
/** Kept over all; a stranger's births must not fill the memory. */
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
      // 0 is an alias like any other.
      if (alias !== undefined) owner.byAlias.set(alias, one);
    }
  }

  function births(at: SparkplugTopic, payload: Payload, receivedAt: number): Taken {
    const key = `${at.group}/${at.node}`;
    let node = nodes.get(key);
    if (at.kind === "NBIRTH") {
      if (!node) {
        if (nodes.size >= MAX_NODES) return { messages: [], fault: "too many edge nodes" };
        node = { ...owner(), devices: new Map(), seq: undefined, bdSeq: undefined };
        nodes.set(key, node);
      }
      learn(node, payload.metrics);
      node.seq = payload.seq;
      const bd = payload.metrics.find((m) => m.name === "bdSeq");
      node.bdSeq = bd && readValue(bd);
      return { messages: [...readings(at, node, node, payload, receivedAt).messages, state(at, true)] };
    }
    if (!node) return { messages: [], rebirth: rebirthOf(at, "a device was born before its node") };
    const gap = follow(node, at, payload);
    let device = node.devices.get(at.device ?? "");
    if (!device) {
      if (node.devices.size >= MAX_DEVICES) return { messages: [], fault: "too many devices" };
      device = owner();
      node.devices.set(at.device ?? "", device);
    }
    learn(device, payload.metrics);
    const { messages } = readings(at, device, node, payload, receivedAt);
    return { messages: [...messages, state(at, true)], ...gap };
  }

  function deaths(at: SparkplugTopic, payload: Payload): Taken {
    const node = nodes.get(`${at.group}/${at.node}`);
    if (at.kind === "DDEATH") return { messages: [state(at, false)], ...(node ? follow(node, at, payload) : {}) };
    const bd = payload.metrics.find((m) => m.name === "bdSeq");
    // The last will of a connection that has been replaced since says nothing of the present one.
    if (node && bd && node.bdSeq !== undefined && readValue(bd) !== node.bdSeq) return { messages: [] };
    const devices = [...(node?.devices.keys() ?? [])].map((device) => state({ ...at, device }, false));
    if (node) node.seq = undefined;
    return { messages: [state(at, false), ...devices] };
  }

  function data(at: SparkplugTopic, payload: Payload, receivedAt: number): Taken {
    const node = nodes.get(`${at.group}/${at.node}`);
    const whose = at.device === undefined ? node : node?.devices.get(at.device);
    if (!node || !whose) return { messages: [], rebirth: rebirthOf(at, "data came before its birth") };
    const gap = follow(node, at, payload);
    const { messages, unknown } = readings(at, whose, node, payload, receivedAt);
    return { messages, ...(unknown ? { rebirth: rebirthOf(at, "data has an alias that no birth told") } : gap) };
  }

  /** The node counts its messages from 0 to 255; a number left out is a message missed. */
  function follow(node: Node, at: SparkplugTopic, payload: Payload): Pick<Taken, "rebirth"> {
    if (payload.seq === undefined) return {};
    const expected = node.seq === undefined ? undefined : (node.seq + 1) % 256;
    node.seq = payload.seq;
    return expected === undefined || expected === payload.seq
      ? {}
      : { rebirth: rebirthOf(at, `message ${expected} was missed`) };
  }

  return {
    take(topic, bytes, receivedAt) {
      const at = parseSparkplugTopic(topic);
      if (!at || at.kind.endsWith("CMD")) return undefined;
      const payload = decodePayload(bytes);
      if (!payload.ok) return { messages: [], fault: payload.error };
      if (at.kind.endsWith("BIRTH")) return births(at, payload.value, receivedAt);
      if (at.kind.endsWith("DEATH")) return deaths(at, payload.value);
      return data(at, payload.value, receivedAt);
    },
    encode(topic, text, at) {
      const to = parseMetricTopic(topic);
      if (to?.verb !== "CMD") return err("this is no topic of a Sparkplug command");
      const node = nodes.get(`${to.group}/${to.node}`);
      const whose = to.device === undefined ? node : node?.devices.get(to.device);
      const metric = whose?.byName.get(to.metric);
      if (!metric || metric.datatype === undefined)
        return err("the metric's type is not known: its birth was not heard yet");
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

const rebirthOf = (at: SparkplugTopic, why: string): { topic: string; why: string } => ({
  topic: wireCommandTopic({ ...at, device: undefined }),
  why,
});

function readings(
  at: SparkplugTopic,
  whose: Owner,
  node: Owner,
  payload: Payload,
  receivedAt: number,
): { messages: PlainMessage[]; unknown: boolean } {
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
    // What was stored while offline belongs to the past; the present would go backwards.
    if (metric.historical || metric.isDefinition) continue;
    const datatype = metric.datatype ?? told?.datatype ?? whose.byName.get(name)?.datatype;
    const when = plausible(metric.timestamp, receivedAt) ?? plausible(payload.timestamp, receivedAt) ?? receivedAt;
    for (const { path, value } of flat(name, metric, datatype))
      messages.push({ topic: metricTopic(at, path), payload: JSON.stringify({ value, time: when }) });
  }
  return { messages, unknown };
}

/** A clock that was never set, or runs a day ahead, tells less than the time of arrival. */
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
  // A 64-bit integer stays text, so that none of its digits is lost.
  return text.trim() !== "" && Number.isFinite(number) && (Number.isSafeInteger(number) || !/^-?\d+$/.test(text))
    ? number
    : text;
}
