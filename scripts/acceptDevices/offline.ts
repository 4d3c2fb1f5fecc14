import { compileRegistration } from "../../lib/compile";
import type { CompiledRegistration } from "../../lib/compiled";
import { createDiscovery } from "../../lib/discovery/discovery";
import { pathOfProposal } from "../../lib/discovery/signature";
import type { ViewEntity } from "../../lib/discovery/view";
import type { Value } from "../../lib/reading";
import { Registration } from "../../lib/registration";
import { filterMatches, wildcardLevels } from "../../lib/topics/match";
import { createTrie } from "../../lib/topics/trie";

interface Point {
  device: string;
  model: string;
  name: string;
  kind: string;
  filter: string | undefined;
  path: string | undefined;
  value: Value | undefined;
  unit: string | undefined;
  words: { on: string; off: string } | undefined;
  command: { topic: string; encode(value: Value): string } | undefined;
  availability: { filter: string; read(text: string): string | undefined }[];
}

interface Live {
  kept: object;
  compiled: CompiledRegistration;
  model: string;
  entity: ViewEntity;
  device: string;
  value: Value | undefined;
  unit: string | undefined;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A broker's traffic through discovery and the live path, as the server has it: what is found is kept, and the last messages are read. */
export function createOfflineRun() {
  const discovery = createDiscovery();
  const last = new Map<string, { payload: Uint8Array; at: number }>();
  const live = new Map<string, Live>();
  const trie = createTrie<Live>();
  let at = Date.UTC(2026, 0, 1);
  let faults = 0;

  function read(one: Live, payload: Uint8Array, when: number): void {
    for (const outcome of one.compiled.read(payload, when)) {
      if (!outcome.ok) continue;
      one.value = outcome.value;
      if (outcome.unit !== undefined) one.unit = outcome.unit;
    }
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
            compiled: compiled.value,
            model: device.model ?? "",
            entity,
            device: device.name,
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
    message(topic: string, payload: Uint8Array, retained: boolean): void {
      at += 1000;
      last.set(topic, { payload, at });
      const changed = discovery.handle(topic, payload, at, retained);
      for (const one of trie.match(topic)) read(one, payload, at);
      if (changed) keep();
    },
    /** The explorer's proposal for a topic that nothing else speaks of. */
    propose(_topic: string): void {},
    lastOn(topic: string): string | undefined {
      const message = last.get(topic);
      return message && new TextDecoder().decode(message.payload);
    },
    summary: () => ({ devices: discovery.devices().length, points: live.size, faults }),
    points(): Point[] {
      return [...live.values()].map(({ compiled, entity, device, model, value, unit }) => {
        const { registration } = compiled;
        const levels = compiled.wildcard ? wildcardLevels(registration.filter ?? "", registration.filter ?? "") : [];
        const [point] = compiled.points(levels, registration.filter);
        const actuator = point?.actuator;
        return {
          device,
          model,
          name: point?.info.name ?? "",
          kind: entity.kind,
          filter: registration.filter,
          path: pathOfProposal(registration),
          value,
          unit: registration.unit ?? unit,
          words: registration.payloads,
          command: actuator && {
            topic: actuator.commandTopic,
            encode(asked) {
              const made = actuator.encode(asked);
              return made.ok ? made.value.payload : `refused: ${made.error}`;
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
