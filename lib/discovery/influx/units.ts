import { spelledUnit } from "../infer";

/**
 * Units of fields by Telegraf's documentation of its inputs (https://github.com/influxdata/telegraf, plugins/inputs), by measurement. That
 * of `mem` says none; https://github.com/shirou/gopsutil (mem/mem_linux.go), which it reads, gives bytes.
 */
const KNOWN: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  cpu: [[/^usage_/, "%"]],
  mem: [
    [/_percent$/, "%"],
    [/^(total|free|used|available|cached|buffered|active|inactive|shared|slab|swap_(total|free|cached))$/, "B"],
  ],
  swap: [[/^(total|free|used)$/, "B"]],
  disk: [[/^(total|free|used)$/, "B"]],
  system: [[/^uptime$/, "s"]],
  net: [[/^bytes_(sent|recv)$/, "B"]],
};

/** By the field's own name where that says it, else by what Telegraf's inputs are documented to send. A counter has no unit. */
export function unitOf(measurement: string, field: string): string | undefined {
  const known = Object.hasOwn(KNOWN, measurement) ? KNOWN[measurement] : undefined;
  return known?.find(([pattern]) => pattern.test(field))?.[1] ?? spelledUnit(field);
}
