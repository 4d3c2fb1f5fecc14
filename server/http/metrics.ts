import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { HttpParts } from "./parts";

export interface Metrics {
  /** Counts an answered request of the API. */
  request(method: string, status: number): void;
  /** Everything in Prometheus' text format. */
  text(): Promise<string>;
  contentType: string;
}

/**
 * How often the lag of the event loop is looked at, and so the least that `nodejs_eventloop_lag_*` tells. At the library's own 10 ms
 * this look was nearly all that a server without messages did.
 */
const LAG_LOOK_MS = 50;

/**
 * The parts count for themselves; here their numbers get names: `telltale_<part>_<number>`, with the broker as a label.
 * One registry for each instance, so that two in one process (tests) do not meet.
 */
export function createMetrics(parts: HttpParts): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LAG_LOOK_MS });
  const requests = new Counter({
    name: "telltale_http_requests_total",
    help: "Answered requests of the API",
    labelNames: ["method", "status"],
    registers: [registry],
  });
  const dropped = new Counter({
    name: "telltale_ingest_dropped_total",
    help: "Messages dropped because more arrived than could be handled; received = handled + waiting + dropped",
    labelNames: ["broker"],
    registers: [registry],
  });
  const gauges = new Map<string, Gauge>();

  function set(part: string, number: string, value: number, labels: Record<string, string> = {}): void {
    const name = `telltale_${part}_${number.replaceAll(/[A-Z]/g, (c) => `_${c.toLowerCase()}`).replaceAll(/[^a-z0-9_]+/g, "_")}`;
    let gauge = gauges.get(name);
    if (!gauge) {
      const help = `${number} of ${part}, as counted since the start`;
      gauge = new Gauge({ name, help, labelNames: Object.keys(labels), registers: [registry] });
      gauges.set(name, gauge);
    }
    gauge.set(labels, value);
  }

  function collect(): void {
    for (const gauge of gauges.values()) gauge.reset();
    dropped.reset();
    for (const [broker, { dropped: lost = 0, ...numbers }] of Object.entries(parts.brokers.counters())) {
      dropped.inc({ broker }, lost);
      for (const [number, value] of Object.entries(numbers)) set("broker", number, value, { broker });
    }
    for (const state of parts.brokers.states())
      set("broker", "connected", state.state === "connected" ? 1 : 0, { broker: state.id });
    const { fault, ...history } = parts.history.counters();
    const groups: Record<string, Record<string, number>> = {
      live: parts.live.counters(),
      commands: parts.commands.counters(),
      history: { ...history, faulty: fault === undefined ? 0 : 1 },
      ...(parts.cluster && { cluster: parts.cluster.counters() }),
      ...parts.counters?.(),
    };
    for (const { broker, role } of parts.cluster?.roles() ?? []) {
      set("node", "recorder", role === "recorder" ? 1 : 0, { broker });
      set("node", "standby", role === "standby" ? 1 : 0, { broker });
    }
    for (const [part, numbers] of Object.entries(groups))
      for (const [number, value] of Object.entries(numbers)) set(part, number, value);
  }

  return {
    request: (method, status) => requests.inc({ method, status: String(status) }),
    contentType: registry.contentType,
    text() {
      collect();
      return registry.metrics();
    },
  };
}
