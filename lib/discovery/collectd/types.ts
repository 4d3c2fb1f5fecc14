/**
 * The data sources of collectd's types that have several values, in their order (types.db(5), https://github.com/collectd/collectd,
 * src/types.db). Their message has only the values.
 */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  compression: ["uncompressed", "compressed"],
  df: ["used", "free"],
  disk_io_time: ["io_time", "weighted_io_time"],
  disk_latency: ["read", "write"],
  disk_merged: ["read", "write"],
  disk_octets: ["read", "write"],
  disk_ops: ["read", "write"],
  disk_time: ["read", "write"],
  dns_octets: ["queries", "responses"],
  if_dropped: ["rx", "tx"],
  if_errors: ["rx", "tx"],
  if_octets: ["rx", "tx"],
  if_packets: ["rx", "tx"],
  io_octets: ["rx", "tx"],
  io_packets: ["rx", "tx"],
  load: ["shortterm", "midterm", "longterm"],
  memcached_octets: ["rx", "tx"],
  mysql_octets: ["rx", "tx"],
  node_octets: ["rx", "tx"],
  ps_count: ["processes", "threads"],
  ps_cputime: ["user", "syst"],
  ps_disk_octets: ["read", "write"],
  ps_disk_ops: ["read", "write"],
  ps_pagefaults: ["minflt", "majflt"],
  serial_octets: ["rx", "tx"],
  smart_attribute: ["current", "worst", "threshold", "pretty"],
  vmpage_faults: ["minflt", "majflt"],
  vmpage_io: ["in", "out"],
  voltage_threshold: ["value", "threshold"],
};

/**
 * Units of types whose values are gauges and whose unit is part of their meaning. Those of counters are missing: with the plugin's
 * StoreRates they are rates, without it they are counts.
 */
const UNITS: Readonly<Record<string, string>> = {
  bytes: "B",
  df: "B",
  df_complex: "B",
  memory: "B",
  percent: "%",
  percent_bytes: "%",
  percent_inodes: "%",
  swap: "B",
  uptime: "s",
};

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

export const unitOfType = (type: string): string | undefined => own(UNITS, type);

/** The names of as many values; numbers where the type is not known, or is another one of the same name. */
export function sourcesOf(type: string, count: number): readonly string[] {
  const known = own(SOURCES, type);
  return known?.length === count ? known : Array.from({ length: count }, (_, i) => `value ${i + 1}`);
}
