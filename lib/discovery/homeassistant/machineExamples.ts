import type { DiscoveryExample } from "../example";

const device = { ids: ["m1"], name: "Barn", mf: "Acme", mdl: "Hub" };

/** Things that are told what to do by words, and scales that are not percent. */
export const machineExamples: readonly DiscoveryExample[] = [
  {
    name: "a panel and a lock that ask for a code are shown and not operated",
    messages: [
      [
        "homeassistant/alarm_control_panel/a/config",
        { name: "Panel", stat_t: "a", cmd_t: "a/set", sup_feat: ["arm_home", "arm_away"], dev: device },
      ],
      [
        "homeassistant/alarm_control_panel/b/config",
        { name: "Coded", stat_t: "b", cmd_t: "b/set", code: "REMOTE_CODE", dev: device },
      ],
      [
        "homeassistant/alarm_control_panel/j/config",
        {
          name: "Spoken",
          stat_t: "j",
          cmd_t: "j/set",
          cmd_tpl: '{"do":"{{ action }}"}',
          sup_feat: [],
          pl_disarm: "OFF",
          dev: device,
        },
      ],
      [
        "homeassistant/lock/k/config",
        {
          name: "Gate",
          stat_t: "k",
          cmd_t: "k/set",
          cmd_tpl: '{"action":"{{ value }}","code":"{{ code }}"}',
          code_format: "^\\d{4}$",
          pl_open: "OPEN",
          dev: device,
        },
      ],
      ["a", "armed_home"],
      ["k", "LOCKED"],
    ],
    finds: {
      Barn: {
        entities: {
          "alarm_control_panel Panel": {
            shows: { state: "armed_home", disarm: undefined, arm_home: undefined, arm_away: undefined },
            sends: [
              ["disarm", null, "a/set", "DISARM"],
              ["arm_away", null, "a/set", "ARM_AWAY"],
            ],
          },
          "alarm_control_panel Coded": { shows: { state: undefined } },
          "alarm_control_panel Spoken": { sends: [["disarm", null, "j/set", '{"do":"OFF"}']] },
          "lock Gate": { shows: { state: true }, lacks: { state: ["command"] } },
        },
      },
    },
  },
  {
    name: "a vacuum is offered what it says that it can, a mower by topics of its own",
    messages: [
      [
        "homeassistant/vacuum/v/config",
        {
          name: "Robot",
          stat_t: "v",
          cmd_t: "v/do",
          sup_feat: ["start", "return_home", "fan_speed"],
          set_fan_spd_t: "v/fan",
          fanspd_lst: ["low", "max"],
          pl_ret: "dock",
          dev: device,
        },
      ],
      [
        "homeassistant/lawn_mower/w/config",
        {
          name: "Mower",
          act_stat_t: "w",
          act_val_tpl: "{{ value_json.activity }}",
          strt_mw_cmd_t: "w/go",
          dock_cmd_t: "w/dock",
          dock_cmd_tpl: '{"to":"{{ value }}"}',
          dev: device,
        },
      ],
      ["v", { state: "docked", fan_speed: "low", battery_level: 61 }],
      ["w", { activity: "mowing" }],
    ],
    finds: {
      Barn: {
        entities: {
          "vacuum Robot": {
            shows: { state: "docked", start: undefined, return_to_base: undefined, "fan speed": "low" },
            sends: [
              ["return_to_base", null, "v/do", "dock"],
              ["fan speed", "max", "v/fan", "max"],
            ],
          },
          "lawn_mower Mower": {
            shows: { state: "mowing", start_mowing: undefined, dock: undefined },
            sends: [
              ["start_mowing", null, "w/go", "start_mowing"],
              ["dock", null, "w/dock", '{"to":"dock"}'],
            ],
          },
        },
      },
    },
  },
  {
    name: "a scale of its own is no percentage, and a template gets both",
    messages: [
      [
        "homeassistant/cover/c/config",
        {
          name: "Shade",
          pos_t: "c",
          set_pos_t: "c/set",
          set_pos_tpl: '{"raw":{{ value }},"pct":{{ position }}}',
          pos_open: 0,
          pos_clsd: 255,
          tilt_status_t: "c/t",
          tilt_cmd_t: "c/t/set",
          tilt_min: -90,
          tilt_max: 90,
          dev: device,
        },
      ],
      ["homeassistant/valve/u/config", { name: "Water", stat_t: "u", cmd_t: "u/set", pos: true, dev: device }],
      [
        "homeassistant/valve/o/config",
        { name: "Gas", stat_t: "o", cmd_t: "o/set", pl_cls: "SHUT", stat_clsd: "shut", dev: device },
      ],
      ["c", "255"],
      ["c/t", "-90"],
      ["u", "40"],
      ["o", "shut"],
    ],
    finds: {
      Barn: {
        entities: {
          "cover Shade": {
            shows: { closed: 255, tilt: -90 },
            parts: { closed: { range: [0, 255] }, tilt: { range: [-90, 90] } },
            lacks: { closed: ["unit"], tilt: ["unit"] },
            sends: [
              ["closed", 255, "c/set", '{"raw":255,"pct":0}'],
              ["closed", 51, "c/set", '{"raw":51,"pct":80}'],
              ["tilt", 45, "c/t/set", "45"],
            ],
          },
          "valve Water": {
            shows: { position: 40 },
            parts: { position: { unit: "%" } },
            sends: [["position", 55, "u/set", "55"]],
          },
          "valve Gas": {
            shows: { state: false },
            sends: [
              ["state", true, "o/set", "OPEN"],
              ["state", false, "o/set", "SHUT"],
            ],
          },
        },
      },
    },
  },
  {
    name: "a fan with presets, oscillation and direction; a humidifier; a siren by templates; a tracker",
    messages: [
      [
        "homeassistant/fan/f/config",
        {
          name: "Fan",
          stat_t: "f",
          cmd_t: "f/set",
          pct_stat_t: "f/p",
          pct_cmd_t: "f/p/set",
          pr_mode_stat_t: "f/m",
          pr_mode_cmd_t: "f/m/set",
          pr_modes: ["auto", "sleep"],
          osc_stat_t: "f/o",
          osc_cmd_t: "f/o/set",
          dir_stat_t: "f/d",
          dir_cmd_t: "f/d/set",
          dev: device,
        },
      ],
      [
        "homeassistant/humidifier/h/config",
        {
          name: "Mist",
          stat_t: "h",
          cmd_t: "h/set",
          hum_stat_t: "h/t",
          hum_cmd_t: "h/t/set",
          curr_hum_t: "h/c",
          min_hum: 30,
          max_hum: 80,
          mode_stat_t: "h/m",
          mode_cmd_t: "h/m/set",
          modes: ["normal", "eco"],
          dev: device,
        },
      ],
      [
        "homeassistant/siren/s/config",
        { name: "Horn", stat_t: "s", cmd_t: "s/set", cmd_tpl: '{"a":"{{ state }}"}', cmd_off_tpl: "hush", dev: device },
      ],
      [
        "homeassistant/device_tracker/t/config",
        { name: "Cat", stat_t: "t", json_attr_t: "t/a", pl_home: "in", dev: device },
      ],
      ["f", "ON"],
      ["f/p", "66"],
      ["f/m", "sleep"],
      ["f/o", "oscillate_on"],
      ["f/d", "reverse"],
      ["h/t", "55"],
      ["h/c", "41.5"],
      ["t", "in"],
      ["t/a", { latitude: 51.5, longitude: -0.1, gps_accuracy: 12 }],
    ],
    finds: {
      Barn: {
        entities: {
          "fan Fan": {
            shows: { state: true, speed: 66, preset: "sleep", oscillation: true, direction: "reverse" },
            parts: { speed: { unit: "%", range: [0, 100] } },
            sends: [
              ["state", false, "f/set", "OFF"],
              ["speed", 33, "f/p/set", "33"],
              ["preset", "auto", "f/m/set", "auto"],
              ["oscillation", false, "f/o/set", "oscillate_off"],
              ["direction", "forward", "f/d/set", "forward"],
            ],
          },
          "humidifier Mist": {
            shows: { state: undefined, current_humidity: 41.5, target_humidity: 55, mode: undefined },
            parts: { current_humidity: { unit: "%" }, target_humidity: { unit: "%", range: [30, 80] } },
            sends: [
              ["target_humidity", 60, "h/t/set", "60"],
              ["mode", "eco", "h/m/set", "eco"],
            ],
          },
          "siren Horn": {
            sends: [
              ["state", true, "s/set", '{"a":"ON"}'],
              ["state", false, "s/set", "hush"],
            ],
          },
          "device_tracker Cat": {
            shows: { state: "in", latitude: 51.5, longitude: -0.1, place: "geo:51.5,-0.1;u=12" },
          },
        },
      },
    },
  },
  {
    name: "lights: one that is switched on by its brightness, one in Kelvin, one that only switches",
    messages: [
      [
        "homeassistant/light/d/config",
        {
          name: "Dimmer",
          stat_t: "d",
          cmd_t: "d/set",
          on_cmd_type: "brightness",
          bri_stat_t: "d/b",
          bri_cmd_t: "d/b/set",
          dev: device,
        },
      ],
      [
        "homeassistant/light/k/config",
        {
          name: "Warm",
          schema: "json",
          stat_t: "k",
          cmd_t: "k/set",
          sup_clrm: ["color_temp"],
          clr_temp_k: true,
          min_k: 2200,
          max_k: 6500,
          dev: device,
        },
      ],
      [
        "homeassistant/light/o/config",
        { name: "Plain", schema: "json", stat_t: "o", cmd_t: "o/set", sup_clrm: ["onoff"], dev: device },
      ],
      ["d", "ON"],
      ["d/b", "128"],
      ["k", { state: "ON", color_mode: "color_temp", brightness: 10, color_temp: 2700 }],
      ["o", { state: "OFF" }],
    ],
    finds: {
      Barn: {
        entities: {
          "light Dimmer": {
            shows: { state: true, brightness: 128 },
            lacks: { state: ["command"] },
            sends: [["brightness", 0, "d/b/set", "0"]],
          },
          "light Warm": {
            shows: { state: true, brightness: 10, color_temp: 2700 },
            parts: { color_temp: { unit: "K", range: [2200, 6500] } },
            sends: [["color_temp", 3000, "k/set", '{"state":"ON","color_temp":3000}']],
          },
          "light Plain": { shows: { state: false }, sends: [["state", true, "o/set", '{"state":"ON"}']] },
        },
      },
    },
  },
];
