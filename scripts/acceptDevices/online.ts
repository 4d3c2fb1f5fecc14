import type { FoundOut, PointOut } from "../../lib/api";
import { compileRegistration } from "../../lib/compile";
import { DATATYPES, decodePayload } from "../../lib/decoders/sparkplug/payload";
import { parseMetricTopic } from "../../lib/decoders/sparkplug/topics";
import { pathOfProposal } from "../../lib/discovery/signature";
import type { Value } from "../../lib/reading";
import { Registration } from "../../lib/registration";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export interface Sent {
  topic: string;
  payload: Uint8Array;
}

/**
 * What the API says, in the words of the comparison (facts.mjs). `sent`: what was seen on the broker after a command was asked for,
 * by point and value; what could not be asked for (the device is offline) is what the registration says would be sent.
 */
export function apiPoints(
  points: readonly PointOut[],
  registrations: readonly { registration: unknown }[],
  found: readonly FoundOut[],
  past: ReadonlyMap<string, Value[]>,
  sent: (point: string, value: Value) => Sent | undefined,
) {
  const byId = new Map(registrations.map((one) => [(one.registration as { id: string }).id, one.registration]));
  const announced = new Map<string, { kind: string; model: string; convention: string }>();
  for (const device of found)
    for (const { kind, values } of device.entities)
      for (const { registration } of values)
        announced.set(registration, { kind, model: device.model ?? "", convention: device.conventions[0] ?? "" });
  return points.flatMap((point) => {
    const parsed = Registration.safeParse(byId.get(point.registration));
    const compiled = parsed.success ? compileRegistration(parsed.data) : undefined;
    if (!parsed.success || !compiled?.ok) return [];
    const { registration } = compiled.value;
    const key = point.id.includes(".") ? point.id.split(".").at(-1) : undefined;
    const said = key === undefined ? undefined : registration.values?.[key];
    const [made] = compiled.value.points([], registration.filter);
    const actuator = point.command ? made?.actuator : undefined;
    const filter = point.topic ?? registration.filter;
    return [
      {
        id: point.id,
        device: point.device,
        model: announced.get(point.registration)?.model ?? "",
        name: point.name,
        kind: announced.get(point.registration)?.kind ?? "sensor",
        convention: announced.get(point.registration)?.convention,
        role: registration.part?.role,
        whole: registration.part?.of,
        filter,
        path: pathOfProposal(said ?? registration),
        value: point.at === null ? undefined : point.value,
        past: past.get(point.id) ?? [],
        metric: parseMetricTopic(registration.filter ?? "")?.metric,
        online: point.status.freshness !== "offline",
        unit: point.unit,
        words: registration.payloads,
        command: actuator && {
          topic: sent(point.id, true)?.topic ?? actuator.commandTopic,
          encode(asked: Value): string {
            const seen = sent(point.id, asked);
            if (seen) return new TextDecoder().decode(seen.payload);
            const payload = actuator.encode(asked);
            return payload.ok ? payload.value.payload : `refused: ${payload.error}`;
          },
          metric(asked: Value) {
            const seen = sent(point.id, asked);
            const read = seen && decodePayload(seen.payload);
            const first = read?.ok ? read.value.metrics[0] : undefined;
            return seen && first
              ? {
                  topic: seen.topic,
                  name: first.name,
                  alias: first.alias === undefined ? undefined : Number(first.alias),
                  datatype: DATATYPES[first.datatype ?? 0],
                }
              : undefined;
          },
        },
        availability: compiled.value
          .availability([])
          .map((one) => ({ filter: one.filter, read: (text: string) => one.read(bytes(text)) })),
      },
    ];
  });
}
