/**
 * A Sparkplug message holds many metrics, most of them named by an alias only. Each received message is split into one message for each
 * metric, `{"value":…}` on `spBv1.0/G/DDATA/N/D/<metric>` or `spBv1.0/G/NDATA/N/<metric>`, so that registrations, rights and history
 * see an ordinary topic. These topics do not exist on the broker. `…/$state` has `online` or `offline`.
 */
export interface SparkplugTopic {
  group: string;
  kind: "NBIRTH" | "NDEATH" | "NDATA" | "NCMD" | "DBIRTH" | "DDEATH" | "DDATA" | "DCMD";
  node: string;
  device: string | undefined;
}

const KINDS = new Set(["NBIRTH", "NDEATH", "NDATA", "NCMD", "DBIRTH", "DDEATH", "DDATA", "DCMD"]);

export function parseSparkplugTopic(topic: string): SparkplugTopic | undefined {
  const [namespace, group, kind, node, device, ...more] = topic.split("/");
  if (namespace !== "spBv1.0" || !group || !kind || !node || more.length || !KINDS.has(kind)) return undefined;
  if (kind.startsWith("D") !== (device !== undefined)) return undefined;
  return { group, kind: kind as SparkplugTopic["kind"], node, device };
}

/** A metric's name may contain `+` and `#`, which a topic must not. */
const escapeName = (name: string): string =>
  name.replace(/[%+#]|[^ -\uffff]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`);
const unescapeName = (level: string): string =>
  level.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

type Owner = Pick<SparkplugTopic, "group" | "node" | "device">;

const below = ({ group, node, device }: Owner, verb: "DATA" | "CMD"): string =>
  device === undefined ? `spBv1.0/${group}/N${verb}/${node}` : `spBv1.0/${group}/D${verb}/${node}/${device}`;

export const metricTopic = (owner: Owner, metric: string): string => `${below(owner, "DATA")}/${escapeName(metric)}`;
export const commandTopic = (owner: Owner, metric: string): string => `${below(owner, "CMD")}/${escapeName(metric)}`;
export const stateTopic = (owner: Owner): string => `${below(owner, "DATA")}/$state`;
export const wireCommandTopic = (owner: Owner): string => below(owner, "CMD");

/** The node, device and metric of one of the topics made here. */
export function parseMetricTopic(topic: string): (Owner & { verb: "DATA" | "CMD"; metric: string }) | undefined {
  const [namespace, group, kind, node, ...rest] = topic.split("/");
  const m = /^([ND])(DATA|CMD)$/.exec(kind ?? "");
  if (namespace !== "spBv1.0" || !group || !node || !m) return undefined;
  const device = m[1] === "D" ? rest.shift() : undefined;
  if (rest.length === 0 || (m[1] === "D" && !device)) return undefined;
  return { group, node, device, verb: m[2] as "DATA" | "CMD", metric: unescapeName(rest.join("/")) };
}
