import { describe, expect, it } from "vitest";
import { type Messages, run } from "./testing";

const MAC = "A4C1380A0B0C";
const announced = (state_topic: string): Messages[number] => [
  `homeassistant/sensor/${MAC}-tempc/config`,
  {
    state_topic,
    name: "Temperature",
    unique_id: `${MAC}-tempc`,
    value_template: "{{ value_json.tempc | is_defined }}",
    unit_of_meas: "°C",
    device: { ids: [MAC], name: "Bedroom thermometer", mf: "Xiaomi", mdl: "LYWSD03MMC" },
  },
];
const heard = (more: object = {}): Messages[number] => [
  `home/OMG/BTtoMQTT/${MAC}`,
  { id: "A4:C1:38:0A:0B:0C", rssi: -60, tempc: 21.5, ...more },
];

describe("DV-22: what is announced of a device wins over a gateway's makeshift, in whatever order they come", () => {
  const ways: [string, Messages][] = [];
  for (const [topic, called] of [
    [`+/+/BTtoMQTT/${MAC}`, "every gateway"],
    [`home/OMG/BTtoMQTT/${MAC}`, "one gateway"],
  ] as const)
    for (const [message, what] of [
      [heard(), "nothing"],
      [heard({ brand: "Govee", model: "Thermo", model_id: "H5074" }), "another model"],
    ] as const) {
      ways.push([`${called} knows ${what}, announced first`, [announced(topic), message]]);
      ways.push([`${called} knows ${what}, heard first`, [message, announced(topic)]]);
    }
  it.each(ways)("%s", (_, messages) => {
    const devices = run(messages).devices();
    expect(devices).toHaveLength(1);
    expect(devices[0]).toMatchObject({ name: "Bedroom thermometer", maker: "Xiaomi", model: "LYWSD03MMC" });
    expect(devices[0]?.entities.map(({ name }) => name).sort()).toEqual(["RSSI", "Temperature"]);
  });

  it("what is not announced stays what the gateway knows", () => {
    const [topic, config] = announced(`+/+/BTtoMQTT/${MAC}`);
    const bare = { ...(config as object), device: { ids: [MAC], name: "Bedroom" } };
    const [device] = run([heard({ brand: "Govee", model_id: "H5074" }), [topic, bare]]).devices();
    expect(device).toMatchObject({ name: "Bedroom", maker: "Govee", model: "H5074" });
  });
});

describe("DV-21: a convention finds nothing without evidence of its own", () => {
  const names = (messages: Messages) =>
    run(messages)
      .devices()
      .map(({ name }) => name);
  const lwt: Messages[number] = ["workshop/lathe/LWT", "online"];
  it("a last will alone is no gateway", () => {
    expect(names([lwt])).toEqual([]);
    expect(names([lwt, ["workshop/lathe/state", { rpm: 300 }]])).toEqual([]);
  });
  it.each<[string, Messages[number]]>([
    ["its state", ["workshop/lathe/SYStoMQTT", { uptime: 3 }]],
    [
      "an advertisement that it heard",
      ["workshop/lathe/BTtoMQTT/A4C1380A0B0C", { id: "A4:C1:38:0A:0B:0C", rssi: -60 }],
    ],
  ])("with %s it is, in whatever order they come", (_, own) => {
    expect(names([lwt, own])).toEqual(["lathe gateway"]);
    expect(names([own, lwt])).toEqual(["lathe gateway"]);
  });
});

it("DV-23, DV-101: what only speaks on change says so, and a phone's readings have the phone's time", () => {
  const [lamp] = run([
    [
      "homeassistant/switch/s/config",
      { name: "Socket", stat_t: "s", cmd_t: "s/set", uniq_id: "s", dev: { ids: "d", name: "D" } },
    ],
  ]).devices();
  expect(lamp?.entities[0]?.parts[0]?.registration.staleAfter).toBe("never");
  const [phone] = run([
    ["owntracks/jo/phone", { _type: "location", lat: 1, lon: 2, batt: 80, tst: 1760000000 }],
  ]).devices();
  const all = phone?.entities.flatMap(({ parts }) => parts.map(({ registration }) => registration)) ?? [];
  expect(all.filter(({ filter }) => filter !== undefined).every(({ time }) => time === "$.tst")).toBe(true);
});
