import { expect, it } from "vitest";
import type { DiscoveryExample } from "./example";
import { conventions } from "./registry";
import { found, type Messages, run } from "./testing";

const names = (messages: Messages): string[] =>
  run(messages)
    .devices()
    .map(({ name }) => name);
const entitiesOf = (messages: Messages, device: string): string[] =>
  run(messages)
    .devices()
    .filter(({ name }) => name === device)
    .flatMap(({ entities }) => entities.map(({ name }) => name));

it("DV-150: collectd's host is a device, values are called as in types.db, and the NUL shows another prefix", () => {
  const load = "1700000000.1:0.12:0.30:0.41\u0000";
  for (const prefix of ["collectd", "metrics", "site/metrics"])
    expect(found([[`${prefix}/pi/load/load`, load]], "pi", "Load midterm")).toMatchObject({ value: 0.3 });
  expect(names([["metrics/pi/load/load", load.slice(0, -1)]])).toEqual([]);
});

it("DV-151: a Tasmota device has its own name; texts, members and units of its description are read", () => {
  const messages: Messages = [
    [
      "tasmota/discovery/0A/config",
      { dn: "Mast", fn: ["Rain"], t: "m", ft: "%prefix%/%topic%/", tp: ["cmnd", "stat", "tele"], rl: [0] },
    ],
    ["tasmota/discovery/0A/sensors", { sn: { W: { Speed: { Act: 1 }, Dir: { Card: "N" } }, SpeedUnit: "kn" } }],
    ["tele/m/SENSOR", { W: { Speed: { Act: 3 }, Dir: { Card: "SW" } } }],
  ];
  expect(found(messages, "Mast", "W Speed Act")).toMatchObject({ value: 3, registration: { unit: "kn" } });
  expect(found(messages, "Mast", "W Dir Card").value).toBe("SW");
});

it("DV-152: attributes that nothing shows are further values; another convention's words for the same point win", () => {
  const config: Messages[number] = [
    "homeassistant/light/bulb/config",
    {
      schema: "json",
      stat_t: "zigbee2mqtt/bulb",
      cmd_t: "zigbee2mqtt/bulb/set",
      json_attr_t: "zigbee2mqtt/bulb",
      dev: { ids: "b", name: "bulb" },
    },
  ];
  const state: Messages[number] = ["zigbee2mqtt/bulb", { state: "ON", linkquality: 80, mood: "calm" }];
  const devices: Messages[number] = [
    "zigbee2mqtt/bridge/devices",
    [
      {
        ieee_address: "0x1",
        friendly_name: "bulb",
        definition: {
          exposes: [
            {
              type: "numeric",
              access: 1,
              name: "linkquality",
              property: "linkquality",
              unit: "lqi",
              label: "Linkquality",
            },
          ],
        },
      },
    ],
  ];
  expect(entitiesOf([config, state], "bulb")).toEqual(["Bulb", "Linkquality", "Mood"]);
  for (const messages of [
    [config, state, devices],
    [devices, state, config, state],
  ]) {
    const { entity, registration } = found(messages, "bulb", "Linkquality");
    expect([entity.convention, registration.unit]).toEqual(["zigbee2mqtt", "lqi"]);
    expect(entitiesOf(messages, "bulb").filter((name) => name === "Linkquality")).toHaveLength(1);
  }
  const taken: Messages = [config, state, ["homeassistant/light/bulb/config", ""]];
  expect(run(taken).devices()[0]?.withdrawn).toBeDefined();
});

it("DV-153: Homie's properties without a datatype: unit of a node, true and false, two words for on and off", () => {
  const two: Messages = [
    ["homie/g/$homie", "2.0.1"],
    ["homie/g/air/$properties", "degrees,unit,fan:settable"],
    ["homie/g/air/unit", "c"],
    ["homie/g/air/degrees", "21"],
    ["homie/g/air/fan", "true"],
  ];
  expect(found(two, "g", "degrees").registration.unit).toBe("°C");
  expect(found(two, "g", "fan").entity.kind).toBe("switch");
  // Elsewhere `unit` is a property like any other.
  const three: Messages = [["homie/g/$homie", "3.0.1"], ...two.slice(1)];
  expect(found(three, "g", "degrees").registration.unit).toBeUndefined();
});

it("DV-154: Venus OS's list of batteries is a device for each, and an output's dimming has the unit of its settings", () => {
  const list = [
    { instance: 1, name: "Bow", soc: 50 },
    { instance: 2, name: "Stern", soc: 60 },
  ];
  const turned = [...list].reverse();
  for (const value of [list, turned])
    expect(
      found(
        [
          ["N/a/system/0/Batteries", { value: list }],
          ["N/a/system/0/Batteries", { value }],
        ],
        "Stern",
        "State of charge",
      ).value,
    ).toBe(60);
  const dimming: Messages[number] = ["N/a/switch/1/SwitchableOutput/1/Dimming", { value: 5 }];
  const type = (value: number): Messages[number] => ["N/a/switch/1/SwitchableOutput/1/Settings/Type", { value }];
  const unit = (...messages: Messages[number][]) =>
    run(messages).devices()[0]?.entities[0]?.parts[0]?.registration.unit;
  expect([unit(dimming), unit(dimming, type(2)), unit(type(3), dimming), unit(dimming, type(7))]).toEqual([
    undefined,
    "%",
    "°C",
    undefined,
  ]);
});

it("DV-155: Shelly's virtual components are parts of their device; others' topics of the same form are not", () => {
  const status = { value: 1, source: "rpc", last_update_ts: 1700000000 };
  expect(found([["s/status/number:200", status]], "s", "Number 200").entity.kind).toBe("number");
  expect(
    names([
      ["s/status/number:200", { value: 1 }],
      ["s/status/number:7", status],
    ]),
  ).toEqual([]);
});

it("DV-156: the name of an advertisement is remembered for the measurements that come without it", () => {
  const topic = "home/g/BTtoMQTT/A4C138112233";
  const said: Messages[number] = [topic, { name: "Pot sensor", rssi: -70 }];
  const measured: Messages[number] = [topic, { moi: 40 }];
  for (const messages of [
    [said, measured],
    [measured, said],
  ])
    expect(entitiesOf(messages, "Pot sensor 112233").sort()).toEqual(["Moisture", "RSSI"]);
  expect(names([said])).toEqual([]);
});

it("DV-157: a device class is the announced one, else one that name and unit leave no doubt of", () => {
  const classOf = (messages: Messages, device: string, name: string) =>
    found(messages, device, name).registration.deviceClass;
  const announced = (component: string, more: object): Messages => [
    [`homeassistant/${component}/x/config`, { name: "X", stat_t: "x", dev: { ids: "d", name: "D" }, ...more }],
  ];
  expect(classOf(announced("binary_sensor", { dev_cla: "smoke" }), "D", "X")).toBe("smoke");
  expect(classOf(announced("sensor", { dev_cla: "moisture", unit_of_meas: "%" }), "D", "X")).toBe("moisture");
  // What cannot be one is none, and costs nothing else.
  expect(classOf(announced("sensor", { dev_cla: "Not a class!" }), "D", "X")).toBeUndefined();
  const ble: Messages = [
    ["home/g/BTtoMQTT/A4C138112233", { model_id: "TH1", tempc: 20, hum: 40, batt: 80, moi: 3, level: 7, motion: true }],
  ];
  const names = ["Temperature", "Humidity", "Battery", "Moisture", "Level", "Motion"];
  expect(names.map((name) => classOf(ble, "TH1 112233", name))).toEqual([
    "temperature",
    "humidity",
    "battery",
    "moisture",
    undefined,
    "motion",
  ]);
  const bank: Messages = [["N/c0ffee/battery/1/Soc", { value: 80 }]];
  expect(classOf(bank, "Battery 1", "State of charge")).toBe("battery");
  const tasmota: Messages = [["tele/p/SENSOR", { ENERGY: { Power: 3, Total: 4, Factor: 1 } }]];
  expect(["ENERGY Power", "ENERGY Total", "ENERGY Factor"].map((name) => classOf(tasmota, "p", name))).toEqual([
    "power",
    "energy",
    undefined,
  ]);
});

const examples = import.meta.glob<readonly DiscoveryExample[]>("./*/examples.ts", { eager: true, import: "examples" });

it("DV-158: ESPEasy's two words are its own: nothing of what other devices send makes a unit", () => {
  const own = conventions.filter(({ id }) => id === "espeasy");
  expect(own).toHaveLength(1);
  for (const [path, list] of Object.entries(examples))
    for (const { name, messages } of path === "./espeasy/examples.ts" ? [] : list) {
      const discovery = run(messages, own);
      expect([name, discovery.devices(), [...discovery.asked]]).toEqual([name, [], []]);
    }
});

it("DV-161: configs of Home Assistant that share an identifier or a connection are one device, in whatever order", () => {
  const config = (id: string, dev: object): Messages[number] => [
    `homeassistant/sensor/${id}/config`,
    { name: id, stat_t: `s/${id}`, uniq_id: id, dev },
  ];
  const messages: Messages = [
    config("power", { ids: ["b"], mf: "Acme" }),
    config("energy", { ids: ["a", "b"], name: "Meter", mdl: "M1" }),
    config("signal", { ids: ["c"], cns: [["mac", "02:00:00:00:00:01"]] }),
    config("uptime", { ids: ["a"], cns: [["mac", "02:00:00:00:00:01"]], name: "Meter", mdl: "M1" }),
    config("other", { ids: ["y", "a"], name: "Lamp", mdl: "L9" }),
    config("alone", { ids: ["z"], name: "Alone" }),
  ];
  const seen = (list: Messages) =>
    run(list)
      .devices()
      .map(({ id, name, maker, model, entities }) => ({
        id,
        name,
        maker,
        model,
        entities: entities
          .map((one) => [one.name, one.parts[0]?.registration.id, one.parts[0]?.registration.device])
          .sort(),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  const devices = seen(messages);
  expect(
    devices.map(({ name, maker, model, entities }) => [name, maker, model, entities.map(([entity]) => entity)]),
  ).toEqual([
    ["Alone", undefined, undefined, ["alone"]],
    ["Lamp", undefined, "L9", ["other"]],
    ["Meter", "Acme", "M1", ["energy", "power", "signal", "uptime"]],
  ]);
  for (const turned of [[...messages].reverse(), [...messages.slice(3), ...messages.slice(0, 3)]])
    expect(seen(turned)).toEqual(devices);
});
