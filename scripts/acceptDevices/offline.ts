import { compileRegistration } from "../../lib/compile";
import type { CompiledRegistration } from "../../lib/compiled";
import { DATATYPES, decodePayload } from "../../lib/decoders/sparkplug/payload";
import { createSparkplugSession } from "../../lib/decoders/sparkplug/session";
import { parseMetricTopic } from "../../lib/decoders/sparkplug/topics";
import { createDiscovery } from "../../lib/discovery/discovery";
import type { FoundEntity } from "../../lib/discovery/found";
import { createSample } from "../../lib/discovery/sample";
import { pathOfProposal } from "../../lib/discovery/signature";
import { siblingTopics } from "../../lib/explorer/rows";
import { createTopicTree, type TopicNode } from "../../lib/explorer/tree";
import type { Value } from "../../lib/reading";
import { Registration } from "../../lib/registration";
import { finish } from "../../lib/steps";
import { filterMatches, wildcardLevels } from "../../lib/topics/match";
import { createTrie } from "../../lib/topics/trie";

interface Point {
  device: string | undefined;
  model: string;
  name: string;
  kind: string;
  /** Absent: the explorer proposed it. */
  convention: string | undefined;
  /** Of a part: what it is of the whole, and an id that all parts of the whole have. */
  role: string | undefined;
  whole: string | undefined;
  filter: string | undefined;
  path: string | undefined;
  value: Value | undefined;
  unit: string | undefined;
  words: { on: string; off: string } | undefined;
  metric: string | undefined;
  /** Every value that it had, as a history would hold them. */
  past: Value[];
  online: boolean | undefined;
  command:
    | {
        topic: string;
        encode(value: Value): string;
        metric?: (
          value: Value,
        ) =>
          | { topic: string; name: string | undefined; alias: number | undefined; datatype: string | undefined }
          | undefined;
      }
    | undefined;
  availability: { filter: string; read(text: string): string | undefined }[];
}

type Propose = (topic: string, payloads: Uint8Array[], beside: readonly TopicNode[]) => { registration: unknown }[];

interface Live {
  kept: object;
  /** Which of a registration's values; the found ones have one each. */
  slot: number;
  compiled: CompiledRegistration;
  model: string;
  entity: Omit<FoundEntity, "convention"> & { convention?: string };
  device: string | undefined;
  value: Value | undefined;
  past: Value[];
  unit: string | undefined;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A broker's traffic through discovery and the live path, as the server has it: what is found is kept, and the last messages are read. */
export function createOfflineRun() {
  const discovery = createDiscovery();
  const sample = createSample(discovery);
  const last = new Map<string, { payload: Uint8Array; at: number }>();
  /** The last messages of each topic, as the explorer keeps them. */
  const past = new Map<string, Uint8Array[]>();
  const live = new Map<string, Live>();
  const trie = createTrie<Live>();
  const sparkplug = createSparkplugSession();
  const tree = createTopicTree(0);
  let at = Date.now();
  let faults = 0;

  function read(one: Live, payload: Uint8Array, when: number): void {
    for (const outcome of one.compiled.read(payload, when)) {
      if (!outcome.ok || outcome.slot.index !== one.slot) continue;
      one.value = outcome.value;
      if (one.past.length < 1000) one.past.push(outcome.value);
      if (outcome.unit !== undefined) one.unit = outcome.unit;
    }
  }

  function onlineOf(compiled: CompiledRegistration): boolean | undefined {
    const words = compiled.availability([]).map((one) => {
      const message = last.get(one.filter);
      return message && one.read(message.payload);
    });
    return words.includes("offline") ? false : words.includes("online") ? true : undefined;
  }

  function keep(): void {
    for (const device of discovery.devices())
      for (const entity of device.entities)
        for (const { registration } of entity.parts) {
          const before = live.get(registration.id);
          if (before?.kept === registration) continue;
          const parsed = Registration.safeParse(registration);
          const compiled = parsed.success ? compileRegistration(parsed.data) : undefined;
          if (!compiled?.ok) {
            faults++;
            continue;
          }
          const { filter } = compiled.value;
          // As in the server: a registration that is renamed keeps its value.
          const same = before?.compiled.filter === filter;
          const one: Live = {
            kept: registration,
            slot: 0,
            compiled: compiled.value,
            model: device.model ?? "",
            entity,
            device: device.name,
            past: before?.past ?? [],
            value: same ? before?.value : undefined,
            unit: same ? before?.unit : undefined,
          };
          if (before?.compiled.filter) trie.remove(before.compiled.filter, before);
          live.set(registration.id, one);
          if (!filter) continue;
          trie.add(filter, one);
          if (same) continue;
          const topics = /[+#]/.test(filter) ? last.keys() : [filter];
          for (const topic of topics) {
            const message = last.get(topic);
            if (message && filterMatches(filter, topic)) read(one, message.payload, message.at);
          }
        }
  }
  return {
    message(topic: string, payload: Uint8Array, retained: boolean, when?: number): void {
      at = when ?? at + 1000;
      last.set(topic, { payload, at });
      past.set(topic, [...(past.get(topic) ?? []), payload].slice(-100));
      tree.hear(topic, payload, retained, at);
      const before = discovery.asked.size;
      let changed = discovery.handle(topic, payload, at, retained);
      for (const one of finish(sample.take({ topic, payload, at, retained })))
        changed = discovery.handle(one.topic, one.payload, one.at, one.retained) || changed;
      if (changed || discovery.asked.size !== before) keep();
      for (const one of trie.match(topic)) read(one, payload, at);
      for (const plain of sparkplug.take(topic, payload, at)?.messages ?? []) {
        const made = bytes(plain.payload);
        last.set(plain.topic, { payload: made, at });
        for (const one of trie.match(plain.topic)) read(one, made, at);
      }
    },
    /** The explorer's proposal for a topic that nothing else speaks of; its past messages are read as a history would have them. */
    propose(topic: string, proposals: Propose): void {
      const payloads = past.get(topic) ?? [];
      if (payloads.length === 0 || trie.match(topic).length) return;
      for (const { registration } of proposals(topic, payloads, siblingTopics(tree, topic))) {
        const parsed = Registration.safeParse(registration);
        const compiled = parsed.success ? compileRegistration(parsed.data) : undefined;
        if (!compiled?.ok) continue;
        for (const slot of compiled.value.slots) {
          const entity = { id: topic, name: topic, kind: "sensor", parts: [] } as const;
          const one: Live = {
            kept: parsed,
            compiled: compiled.value,
            slot: slot.index,
            model: "",
            entity,
            device: compiled.value.registration.device,
            value: undefined,
            past: [],
            unit: undefined,
          };
          live.set(`${compiled.value.registration.id} ${slot.index}`, one);
          trie.add(topic, one);
          for (const payload of payloads) read(one, payload, at);
        }
      }
    },
    lastOn(topic: string): string | undefined {
      const message = last.get(topic);
      return message && new TextDecoder().decode(message.payload);
    },
    summary: () => ({ devices: discovery.devices().length, points: live.size, faults }),
    points(): Point[] {
      return [...live.values()].map(({ compiled, slot, entity, device, model, value, unit, past }) => {
        const { registration } = compiled;
        const levels = compiled.wildcard ? wildcardLevels(registration.filter ?? "", registration.filter ?? "") : [];
        const point = compiled.points(levels, registration.filter)[slot];
        const said = Object.values(registration.values ?? {})[slot];
        const actuator = point?.actuator;
        return {
          device,
          model,
          name: point?.info.name ?? "",
          kind: entity.kind,
          convention: entity.convention,
          role: registration.part?.role,
          whole: registration.part?.of,
          filter: registration.filter,
          path: pathOfProposal(said ?? registration),
          value,
          past,
          metric: parseMetricTopic(registration.filter ?? "")?.metric,
          online: onlineOf(compiled),
          unit: said?.unit ?? registration.unit ?? unit,
          words: registration.payloads,
          command: actuator && {
            topic: actuator.commandTopic,
            encode(asked) {
              const made = actuator.encode(asked);
              return made.ok ? made.value.payload : `refused: ${made.error}`;
            },
            metric(asked) {
              const made = actuator.encode(asked);
              const wire = made.ok ? sparkplug.encode(actuator.commandTopic, made.value.payload, at) : made;
              const read = wire.ok ? decodePayload(wire.value.payload) : wire;
              const first = read.ok ? read.value.metrics[0] : undefined;
              return wire.ok && first
                ? {
                    topic: wire.value.topic,
                    name: first.name,
                    alias: first.alias === undefined ? undefined : Number(first.alias),
                    datatype: DATATYPES[first.datatype ?? 0],
                  }
                : undefined;
            },
          },
          availability: compiled
            .availability(levels)
            .map((one) => ({ filter: one.filter, read: (text) => one.read(bytes(text)) })),
        };
      });
    },
  };
}
