import type { IngestPoint } from "../../pipeline/ingest";
import type { Actuator } from "../../ports";

/** What the command path must know; undefined for a sensor. */
export function actuatorOf(of: IngestPoint, info: Actuator["info"]): Actuator | undefined {
  const { actuator, id } = of.point;
  if (!actuator) return undefined;
  const rightsTopic = of.topic ?? actuator.commandTopic;
  return { ...actuator, point: id, broker: of.source.broker, rightsTopic, info };
}
