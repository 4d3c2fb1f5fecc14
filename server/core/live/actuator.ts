import type { IngestPoint } from "../../pipeline/ingest";
import type { Actuator } from "../../ports";

/** What the command path must know; undefined for a sensor. */
export function actuatorOf(of: IngestPoint, info: Actuator["info"]): Actuator | undefined {
  const { actuator, id } = of.point;
  if (!actuator) return undefined;
  return {
    point: id,
    broker: of.source.broker,
    rightsTopic: of.topic ?? actuator.commandTopic,
    commandTopic: actuator.commandTopic,
    sharedTopic: actuator.sharedTopic,
    info,
    encode: actuator.encode,
    confirms: actuator.confirms,
    confirmMs: actuator.confirmMs,
    qos: actuator.qos,
    retain: actuator.retain,
  };
}
