import { expect, it } from "vitest";
import { ownPage, pageAt } from "./ownPage";
import { type Messages, run } from "./testing";

it("DV-159: a device's own page is http or https, with a host and without credentials; anything else is no link", () => {
  expect(ownPage("http://192.168.1.7/")).toBe("http://192.168.1.7/");
  expect(ownPage("https://hub.lan:8443/device?id=3#a")).toBe("https://hub.lan:8443/device?id=3#a");
  for (const no of [
    "javascript:alert(1)",
    "JavaScript://x/%0aalert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "ftp://host/",
    "homeassistant://config/x",
    "http://user:secret@host/",
    "http://user@host/",
    "http://",
    "//host/x",
    "/local",
    "http://ho st/",
    "http:\\\\host",
    " http://host/",
    `http://host/${"x".repeat(600)}`,
    undefined,
  ])
    expect([no, ownPage(no)]).toEqual([no, undefined]);
  expect([pageAt("10.0.0.3"), pageAt("0.0.0.0"), pageAt("evil.example/x"), pageAt("1.2.3.4.5")]).toEqual([
    "http://10.0.0.3/",
    undefined,
    undefined,
    undefined,
  ]);
});

it("DV-159: firmware and own page are found as announced, also where only a second convention says them", () => {
  const config: Messages[number] = [
    "homeassistant/sensor/p/config",
    {
      name: "Power",
      stat_t: "tele/p/SENSOR",
      val_tpl: "{{ value_json.ENERGY.Power }}",
      dev: { ids: "p", name: "Plug", sw: "14.2", cu: "http://10.0.0.4/" },
    },
  ];
  const own = (messages: Messages) => run(messages).devices()[0];
  expect(own([config])).toMatchObject({ firmware: "14.2", url: "http://10.0.0.4/" });
  const bad: Messages[number] = [
    config[0],
    { ...(config[1] as object), dev: { ids: "p", name: "Plug", cu: "javascript:1" } },
  ];
  expect(own([bad])?.url).toBeUndefined();
  const tasmota: Messages = [
    [
      "tasmota/discovery/0A/config",
      {
        dn: "Plug",
        t: "p",
        ft: "%prefix%/%topic%/",
        tp: ["cmnd", "stat", "tele"],
        rl: [1],
        sw: "13.0",
        ip: "10.0.0.5",
      },
    ],
    ["tasmota/discovery/0A/sensors", { sn: { ENERGY: { Power: 3 } } }],
  ];
  const both = run([bad, ...tasmota]).devices();
  expect(both).toHaveLength(1);
  expect(both[0]).toMatchObject({
    conventions: ["homeassistant", "tasmota"],
    firmware: "13.0",
    url: "http://10.0.0.5/",
  });
});
