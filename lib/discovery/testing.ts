import { compiled } from "../compile/testing";
import type { CompiledRegistration } from "../compiled";
import type { Value } from "../reading";
import { finish } from "../steps";
import { filterMatches } from "../topics/match";
import type { Convention } from "./convention";
import { createDiscovery } from "./discovery";
import type { DiscoveryExample } from "./example";
import type { FoundEntity } from "./found";
import { conventions } from "./registry";
import { createSample } from "./sample";

export type Messages = DiscoveryExample["messages"];

export const NOW = Date.UTC(2026, 10, 24, 12);

/** Encodes a payload: texts and bytes unchanged, anything else as JSON. */
export const bytes = (payload: unknown): Uint8Array =>
  payload instanceof Uint8Array
    ? payload
    : new TextEncoder().encode(typeof payload === "string" ? payload : JSON.stringify(payload));

/** Gives the messages to the conventions, each also as part of a sample of all topics. */
export function run(messages: Messages, some: readonly Convention[] = conventions) {
  const discovery = createDiscovery({ conventions: some });
  const sample = createSample(discovery);
  for (const [topic, payload] of messages) {
    const made = bytes(payload);
    discovery.handle(topic, made, NOW, true);
    for (const one of finish(sample.take({ topic, payload: made, at: NOW, retained: true })))
      discovery.handle(one.topic, one.payload, NOW, true);
  }
  return discovery;
}

/** The value of one registration after these messages. */
export function shown(registration: CompiledRegistration, messages: Messages): Value | undefined {
  let value: Value | undefined;
  for (const [topic, payload] of messages) {
    if (registration.filter === undefined || !filterMatches(registration.filter, topic)) continue;
    for (const outcome of registration.read(bytes(payload), NOW)) if (outcome.ok) value = outcome.value;
  }
  return value;
}

/** Finds an entity by the names of its device and itself, with its value after all messages. */
export function found(messages: Messages, device: string, name: string) {
  const devices = run(messages).devices();
  const entity = devices
    .find((one) => one.name === device)
    ?.entities.find((one): one is FoundEntity => one.name === name);
  const registration = entity?.parts[0]?.registration;
  if (!entity || !registration)
    throw new Error(
      `no ${device} / ${name}; there are ${JSON.stringify(devices.map((one) => [one.name, one.entities.map((e) => e.name)]))}`,
    );
  const ready = compiled(registration);
  return { entity, registration, compiled: ready, value: shown(ready, messages) };
}
