import type { BrokerId } from "../../../lib/ids";

/** What belongs to no broker: retention, the outbox, guests that expire. */
export const HOUSE = "house";
/** Whose telltale.yaml is applied. */
export const CONFIG = "config";

/** Who stores a broker's messages and acts on them without a person. The name may carry a range of topics later. */
export const recorderOf = (broker: BrokerId): string => `broker:${broker}`;
/** Who keeps the last seconds of a broker's messages in memory, to store what the recorder's death would lose. */
export const standbyOf = (broker: BrokerId): string => `standby:${broker}`;

/** Of which broker it is the lease, and which; undefined for those of no broker. */
export function roleOf(lease: string): { role: "recorder" | "standby"; broker: BrokerId } | undefined {
  const at = lease.indexOf(":");
  const broker = lease.slice(at + 1) as BrokerId;
  if (lease.slice(0, at) === "broker") return { role: "recorder", broker };
  if (lease.slice(0, at) === "standby") return { role: "standby", broker };
  return undefined;
}
