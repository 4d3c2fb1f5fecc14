import type { DiscoveryExample } from "../example";

const rssi = (id: string, more: object = {}): readonly [string, unknown] => [
  `homeassistant/sensor/${id}/rssi/config`,
  {
    name: "Signal",
    stat_t: `blebox/${id}`,
    val_tpl: "{{ value_json.rssi }}",
    json_attr_t: `blebox/${id}`,
    uniq_id: `${id}_rssi`,
    dev: { ids: [id], name: `Probe ${id}` },
    ...more,
  },
];

export const attributeExamples: readonly DiscoveryExample[] = [
  {
    name: "attributes that no entity shows are further values",
    messages: [rssi("cellar7"), ["blebox/cellar7", { rssi: -61, Temperature: 9.4, Humidity: 82 }]],
    finds: {
      "Probe cellar7": {
        entities: {
          "sensor Signal": { shows: -61 },
          "sensor Temperature": { shows: 9.4, value: { unit: "°C", partial: true } },
          "sensor Humidity": { shows: 82, value: { unit: "%" } },
        },
      },
    },
  },
  {
    name: "no ids, times, addresses or pictures; what a template reads is shown already; a name that is there is not listed twice",
    messages: [
      rssi("a1", { val_tpl: "{{ value_json.rssi if value_json.ok else 'None' }}", avty_t: "blebox/a1/lwt" }),
      [
        "homeassistant/sensor/a1/batt/config",
        { name: "Battery", stat_t: "blebox/a1/battery", unit_of_meas: "%", dev: { ids: ["a1"], name: "Probe a1" } },
      ],
      [
        "blebox/a1",
        {
          rssi: -61,
          ok: true,
          id: "A4C138112233",
          deviceId: 7,
          mac: "A4:C1:38:11:22:33",
          ipAddress: "10.0.0.3",
          last_seen: "2026-01-01T00:00:00Z",
          time: 1700000000,
          boot: 1700000000123,
          entity_picture: "/local/x.png",
          friendly_name: "x",
          battery: 40,
          where: "https://example.org",
          raw: "{}",
          nested: { a: 1 },
          list: [1],
          note: null,
          mode: "eco",
          charging: false,
          level: "42",
          voltage: 2950,
        },
      ],
    ],
    finds: {
      "Probe a1": {
        entities: {
          "sensor Signal": { shows: -61 },
          "sensor Mode": { shows: "eco", value: { availability: { filter: "blebox/a1/lwt" } } },
          "binary_sensor Charging": { shows: false },
          "sensor Level": { shows: 42, lacks: { value: ["unit"] } },
          "sensor Voltage": { shows: 2950, lacks: { value: ["unit"] } },
          ...Object.fromEntries(
            [
              "Ok",
              "Id",
              "Device Id",
              "Mac",
              "Ip Address",
              "IP Address",
              "Last seen",
              "Time",
              "Boot",
              "Entity picture",
              "Friendly name",
              "Where",
              "Raw",
              "Nested",
              "List",
              "Note",
              "Rssi",
            ].map((name) => [`sensor ${name}`, null]),
          ),
          "binary_sensor Ok": null,
        },
      },
    },
  },
  {
    name: "a template that selects a member; another template, a topic of two devices and one with wildcards say nothing",
    messages: [
      rssi("b1", { json_attr_t: "box/b1", json_attr_tpl: "{{ value_json.data | tojson }}" }),
      ["box/b1", { data: { Temperature: 70.2, Pressure: 1012 }, Humidity: 3 }],
      [
        "homeassistant/sensor/b1/t/config",
        { name: "Outlet", stat_t: "box/b1/out", unit_of_meas: "°F", dev: { ids: ["b1"], name: "Probe b1" } },
      ],
      ["box/b1", { data: { Temperature: 70.4, Pressure: 1012, Noise: 3 }, Humidity: 3 }],
      rssi("b2", { json_attr_t: "box/b2", json_attr_tpl: "{{ {'x': value_json.y} | tojson }}" }),
      ["box/b2", { y: 4 }],
      rssi("b3", { json_attr_t: "box/shared" }),
      ["box/shared", { load: 5 }],
      rssi("b4", { json_attr_t: "box/shared" }),
      ["box/shared", { load: 6, more: 1 }],
      rssi("b5", { json_attr_t: "+/+/box" }),
      ["a/b/box", { load: 6 }],
    ],
    finds: {
      "Probe b1": {
        entities: {
          "sensor Temperature": { shows: 70.4, value: { value: "$.data.Temperature", unit: "°F" } },
          "sensor Pressure": { shows: 1012, value: { unit: "hPa" } },
          "sensor Humidity": null,
        },
      },
      "Probe b2": { entities: { "sensor X": null, "sensor Y": null } },
      "Probe b3": { entities: { "sensor Load": { withdrawn: "its announcement was taken back" } } },
      "Probe b4": { entities: { "sensor Load": null, "sensor More": null } },
      "Probe b5": { entities: { "sensor Load": null } },
    },
  },
];
