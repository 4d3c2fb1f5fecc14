import type { DiscoveryExample } from "../example";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "Telegraf's line protocol: the device is the host",
    messages: [
      [
        "telegraf/attic-pi/disk",
        "disk,host=attic-pi,path=/srv free=81230114816i,used_percent=41.27 1700000000000000000",
      ],
    ],
    finds: {
      "attic-pi": {
        entities: {
          "sensor Disk used percent": { shows: 41.27, value: { value: "$.used_percent", unit: "%", format: "influx" } },
          "sensor Disk free": { shows: 81230114816, value: { value: "$.free" } },
        },
      },
    },
  },
  {
    name: "without a host the measurement is the device; one field in each message blanks no other",
    messages: [
      ["boxes/stove", "stove,command=Q1 output_watts=512"],
      ["boxes/stove", "stove,command=Q1 temp=38.5"],
    ],
    finds: {
      Stove: {
        entities: {
          "sensor Output watts": { shows: 512, value: { value: "$.output_watts", unit: "W", partial: true } },
          "sensor Temp": { shows: 38.5, lacks: { value: ["unit"] } },
        },
      },
    },
  },
  {
    name: "series of one topic are told apart by the tags in which they differ",
    messages: [
      ["metrics/all", "cpu,cpu=cpu0,host=web1 usage_idle=91.5 1700000000000000000"],
      ["metrics/all", "cpu,cpu=cpu1,host=web1 usage_idle=12.5 1700000000000000000"],
      ["metrics/all", "cpu,cpu=cpu0,host=web2 usage_idle=50 1700000000000000000"],
      ["metrics/all", 'sys,host=web2 up=true,kernel="6.1" 1700000000000000000'],
    ],
    finds: {
      web1: {
        entities: {
          "sensor Cpu cpu0 usage idle": { shows: 91.5, value: { unit: "%" } },
          "sensor Cpu cpu1 usage idle": { shows: 12.5 },
        },
      },
      web2: {
        entities: {
          "sensor Cpu usage idle": { shows: 50 },
          "binary_sensor Sys up": { shows: true },
          "sensor Sys kernel": { shows: "6.1" },
        },
      },
    },
  },
  {
    name: "Telegraf's JSON",
    messages: [
      [
        "telegraf/nas/mem",
        {
          fields: { used_percent: 71.25, total: 8000000000 },
          name: "mem",
          tags: { host: "nas" },
          timestamp: 1700000000,
        },
      ],
      ["anywhere", { fields: { value: 3 }, name: "door", tags: { host: "nas", side: "left" }, timestamp: 1700000000 }],
    ],
    finds: {
      nas: {
        entities: {
          "sensor Mem used percent": { shows: 71.25, value: { value: "$.fields.used_percent", unit: "%" } },
          "sensor Mem total": { shows: 8000000000, value: { unit: "B" } },
          "sensor Door": { shows: 3 },
        },
      },
    },
  },
  {
    name: "a sentence with an equals sign is no line protocol, nor is every object with a name",
    messages: [
      ["log/line", "pump state=1"],
      ["telegraf/x/y", "pump state=1"],
      ["log/other", "see a=b, c=d"],
      ["log/json", { name: "mem", fields: { used: 3 }, timestamp: 3 }],
      ["log/json", { name: "mem", tags: {}, fields: [], timestamp: 3 }],
    ],
    finds: { Pump: null, Mem: null, See: null },
  },
];
