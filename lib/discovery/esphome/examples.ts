import type { DiscoveryExample } from "../example";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "leaf topics of a node",
    messages: [
      ["den/sensor/soil/state", "21.77"],
      ["den/sensor/sunrise/state", "08:01:02"],
      ["den/sensor/probe/state", "18.5"],
      ["den/sensor/probe/state", "nan"],
      ["den/switch/pump/state", "OFF"],
      ["den/climate/heat/current_temperature/state", "7.7"],
      ["den/climate/heat/target_temperature/state", "14.0"],
    ],
    finds: {
      den: {
        entities: {
          "sensor Soil": {
            shows: 21.77,
            value: { availability: { filter: "den/status", online: "online", offline: "offline" } },
          },
          "sensor Sunrise": { shows: "08:01:02" },
          "sensor Probe": { shows: null },
          "switch Pump": { shows: false, sends: [["value", true, "den/switch/pump/command", "ON"]] },
          "climate Heat": {
            shows: { current_temperature: 7.7, target_temperature: 14 },
            sends: [["target_temperature", 15, "den/climate/heat/target_temperature/command", "15"]],
          },
        },
      },
    },
  },
  {
    name: "topics of others that look the same are not claimed",
    messages: [
      ["homeassistant/status", "online"],
      ["homeassistant/sensor/x/state", "1"],
      ["homeassistant/switch/x/state", "ON"],
      ["home/switch/pump/state", "ON"],
      ["late/switch/pump/state", "ON"],
      ["late/status", "offline"],
    ],
    finds: {
      homeassistant: null,
      home: null,
      late: { entities: { "switch Pump": { sends: [["value", true, "late/switch/pump/command", "ON"]] } } },
    },
  },
  {
    name: "a lamp is offered what its state speaks of; a fan with its speed, a cover with its position",
    messages: [
      ["den/status", "online"],
      ["den/light/plain/state", { state: "ON" }],
      ["den/light/warm/state", { state: "OFF" }],
      ["den/light/warm/state", { state: "ON", color_mode: "color_temp", brightness: 128, color_temp: 300 }],
      ["den/light/strip/state", { state: "ON", color_mode: "rgb", color: { r: 255, g: 10, b: 0 } }],
      ["den/fan/roof/speed_level/state", "2"],
      ["den/fan/roof/state", "ON"],
      ["den/cover/door/state", "OPEN"],
      ["den/cover/door/position/state", "70"],
    ],
    finds: {
      den: {
        entities: {
          "light Plain": {
            shows: { state: true },
            sends: [["state", false, "den/light/plain/command", '{"state":"OFF"}']],
          },
          "light Warm": {
            shows: { state: true, brightness: 128, color_temp: 300 },
            sends: [["color_temp", 250, "den/light/warm/command", '{"state":"ON","color_temp":250}']],
          },
          "light Strip": {
            shows: { state: true, rgb: "255,10,0" },
            sends: [["rgb", "1,2,3", "den/light/strip/command", '{"state":"ON","color":{"r":1,"g":2,"b":3}}']],
          },
          "fan Roof": {
            shows: { value: true, speed_level: 2 },
            sends: [
              ["value", false, "den/fan/roof/command", "OFF"],
              ["speed_level", 3, "den/fan/roof/speed_level/command", "3"],
            ],
          },
          "cover Door": {
            shows: { state: "OPEN", open: undefined, close: undefined, stop: undefined, position: 70 },
            sends: [["position", 10, "den/cover/door/position/command", "10"]],
          },
        },
      },
    },
  },
  {
    name: "valves, events, updates and what swings; a prefix of two levels is one that says its status",
    messages: [
      ["home/den/sensor/soil/state", "40.1"],
      ["home/den/switch/pump/state", "ON"],
      ["home/den/status", "online"],
      ["home/den/valve/tap/state", "open"],
      ["home/den/valve/tap/position/state", "40"],
      ["home/den/event/bell/state", { event_type: "pressed" }],
      ["home/den/update/firmware/state", { installed_version: "1.0", latest_version: "1.1", title: "x" }],
      ["home/den/fan/roof/state", "ON"],
      ["home/den/fan/roof/oscillation/state", "oscillate_on"],
      ["home/den/alarm_control_panel/house/state", "armed_away"],
      ["home/den/climate/heat/current_temperature/state", "20.5"],
      ["home/other/sensor/soil/state", "1"],
      ["home/other/switch/pump/state", "ON"],
    ],
    finds: {
      "home/den": {
        entities: {
          "sensor Soil": { shows: 40.1, value: { availability: { filter: "home/den/status" } } },
          "switch Pump": { sends: [["value", false, "home/den/switch/pump/command", "OFF"]] },
          "valve Tap": {
            shows: { state: "open", open: undefined, close: undefined, stop: undefined, position: 40 },
            sends: [["open", null, "home/den/valve/tap/command", "OPEN"]],
          },
          "event Bell": { shows: "pressed" },
          "update Firmware": { shows: { installed_version: "1.0", latest_version: "1.1", install: undefined } },
          "fan Roof": {
            shows: { value: true, oscillation: true },
            sends: [["oscillation", false, "home/den/fan/roof/oscillation/command", "oscillate_off"]],
          },
          "alarm_control_panel House": { shows: "armed_away" },
          "climate Heat": { parts: { current_temperature: { unit: "°C" } }, shows: { current_temperature: 20.5 } },
        },
      },
      "home/other": null,
    },
  },
];
