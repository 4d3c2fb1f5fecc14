import type { DiscoveryExample } from "../example";

const at = (...values: (number | string)[]): string => `1700000000.123:${values.join(":")}\u0000`;

export const examples: readonly DiscoveryExample[] = [
  {
    name: "load and an interface of one host; several values are called as in types.db",
    messages: [
      ["collectd/attic-pi/load/load", at(0.12, 0.3, 0.41)],
      ["collectd/attic-pi/interface-eth0/if_octets", at(1205.5, 880.25)],
    ],
    finds: {
      "attic-pi": {
        entities: {
          "sensor Load midterm": { shows: 0.3, value: { value: "$.value2", format: "collectd" } },
          "sensor eth0 if_octets rx": { shows: 1205.5, lacks: { value: ["unit"] } },
          "sensor eth0 if_octets tx": { shows: 880.25 },
        },
      },
    },
  },
  {
    name: "names without a word twice, units of gauges, what is undefined",
    messages: [
      ["collectd/nas/memory/memory-free", at("3.1e9")],
      ["collectd/nas/memory/percent-used", at(41.5)],
      ["collectd/nas/df-srv-data/df_complex-used", at(81230114816)],
      ["collectd/nas/cpu-0/cpu-idle", at(98.2)],
      ["collectd/nas/swap/swap_io-in", at(0)],
      ["collectd/nas/uptime/uptime", at(93211)],
      ["collectd/nas/sensors-coretemp-isa-0000/temperature-temp1", at("U")],
      ["collectd/nas/custom/thing", at(1, 2)],
    ],
    finds: {
      nas: {
        entities: {
          "sensor Memory free": { shows: 3.1e9, value: { unit: "B" } },
          "sensor Memory percent used": { shows: 41.5, value: { unit: "%" } },
          "sensor srv-data df_complex used": { shows: 81230114816, value: { unit: "B" } },
          "sensor Cpu 0 idle": { shows: 98.2, lacks: { value: ["unit"] } },
          "sensor Swap io in": { shows: 0, lacks: { value: ["unit"] } },
          "sensor Uptime": { shows: 93211, value: { unit: "s" } },
          "sensor coretemp-isa-0000 temperature temp1": { shows: null },
          "sensor Custom thing value 2": { shows: 2 },
        },
      },
    },
  },
  {
    name: "another prefix, of two levels too, is known by the NUL at the end",
    messages: [
      ["metrics/db1/load/load", at(1, 2, 3)],
      ["site/metrics/db2/users/users", at(4)],
      ["site/metrics/db2/processes/fork_rate", at(12.5)],
    ],
    finds: {
      db1: { entities: { "sensor Load longterm": { shows: 3 } } },
      db2: {
        entities: { "sensor Users": { shows: 4 }, "sensor Processes fork_rate": { shows: 12.5 } },
      },
    },
  },
  {
    name: "what only looks alike is left alone: no NUL under another prefix, other bytes, too few or too many levels",
    messages: [
      ["shop/till/sales/total", "1700000000:42"],
      ["collectd/nas/notes/text", "hello"],
      ["collectd/nas/load", at(1)],
      ["a/b/c/d/e/f", at(1)],
      ["a/b/c/d", "abc\u0000"],
      ["a/b//d", at(1)],
      ["//load/load", at(1)],
    ],
    finds: { till: null, nas: null, b: null, e: null, d: null },
  },
];
