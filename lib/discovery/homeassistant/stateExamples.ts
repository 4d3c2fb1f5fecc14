import type { DiscoveryExample } from "../example";

const device = { ids: ["s1"], name: "House", mf: "Acme", mdl: "Hub" };

/** States that are neither, states that are JSON, and words that Home Assistant makes something else of. */
export const stateExamples: readonly DiscoveryExample[] = [
  {
    name: "LK-1: an icon by its name in Material Design Icons is taken, another is not",
    messages: [
      ["homeassistant/sensor/i/config", { name: "Sofa", stat_t: "i", ic: "mdi:sofa", dev: device }],
      ["homeassistant/sensor/p/config", { name: "Odd", stat_t: "p", ic: "hass:sofa", dev: device }],
    ],
    finds: {
      House: {
        entities: {
          "sensor Sofa": { value: { icon: "mdi:sofa" } },
          "sensor Odd": { lacks: { value: ["icon"] } },
        },
      },
    },
  },
  {
    name: "a lock that is jammed or stands open is not shown as locked, and a valve on its way as neither",
    messages: [
      [
        "homeassistant/lock/a/config",
        { name: "Door", stat_t: "a", cmd_t: "a/set", stat_jam: "jammed", stat_open: "ajar", dev: device },
      ],
      ["homeassistant/lock/b/config", { name: "Gate", stat_t: "b", cmd_t: "b/set", dev: device }],
      ["homeassistant/lock/c/config", { name: "Shed", stat_t: "c", cmd_t: "c/set", stat_jam: "STUCK", dev: device }],
      ["homeassistant/valve/d/config", { name: "Water", stat_t: "d", cmd_t: "d/set", dev: device }],
      ["a", "LOCKED"],
      ["a", "jammed"],
      ["b", "LOCKED"],
      ["b", "open"],
      ["c", "LOCKED"],
      ["d", "closed"],
      ["d", "opening"],
    ],
    finds: {
      House: {
        entities: {
          "lock Door": { shows: { state: null } },
          "lock Gate": { shows: { state: null } },
          "lock Shed": { shows: { state: true } },
          "valve Water": { shows: { state: null } },
        },
      },
    },
  },
  {
    name: "the state of a siren, a valve, a cover and an update may be JSON",
    messages: [
      ["homeassistant/siren/s/config", { name: "Horn", stat_t: "s", cmd_t: "s/set", dev: device }],
      ["homeassistant/siren/t/config", { name: "Bell", stat_t: "t", cmd_t: "t/set", dev: device }],
      ["homeassistant/valve/v/config", { name: "Zone", stat_t: "v", cmd_t: "v/set", pos: true, dev: device }],
      [
        "homeassistant/cover/c/config",
        {
          name: "Blind",
          pos_t: "c",
          pos_tpl: '{"position": {{ value_json.p }}, "tilt_position": {{ value_json.t }} }',
          set_pos_t: "c/set",
          tilt_cmd_t: "c/tilt",
          dev: device,
        },
      ],
      ["homeassistant/update/u/config", { name: "Firmware", stat_t: "u", dev: device }],
      [
        "homeassistant/update/w/config",
        {
          name: "Radio",
          stat_t: "w",
          val_tpl:
            "{\"installed_version\":\"{{ value_json['update']['installed_version'] }}\",\"latest_version\":\"{{ value_json['update']['latest_version'] }}\"}",
          dev: device,
        },
      ],
      ["s", { state: "ON", tone: "ping", volume_level: 0.5 }],
      ["t", "ON"],
      ["v", { position: 40, state: "opening" }],
      ["c", { p: 33, t: 12 }],
      ["u", { installed_version: "1.10", latest_version: "1.11" }],
      ["w", { update: { installed_version: "7.0", latest_version: "7.1" } }],
      ["w", { battery: 3 }],
    ],
    finds: {
      House: {
        entities: {
          "siren Horn": {
            shows: { state: true },
            sends: [["state", false, "s/set", '{"state":"OFF"}']],
          },
          "siren Bell": { shows: { state: true } },
          "valve Zone": { shows: { position: 40 }, sends: [["position", 60, "v/set", "60"]] },
          "cover Blind": {
            shows: { position: 33, tilt: 12 },
            sends: [["tilt", 45, "c/tilt", "45"]],
          },
          "update Firmware": { shows: { installed: "1.10", latest: "1.11" } },
          "update Radio": {
            shows: { installed: "7.0", latest: "7.1" },
            parts: { installed: { value: "$.update.installed_version" } },
          },
        },
      },
    },
  },
  {
    name: "None among the choices is one, else it is unknown; a version is a text; an empty name is the device's",
    messages: [
      ["homeassistant/select/a/config", { name: "Mode", stat_t: "a", cmd_t: "a/set", ops: ["x", "y"], dev: device }],
      ["homeassistant/select/b/config", { name: "Song", stat_t: "b", cmd_t: "b/set", ops: ["None", "y"], dev: device }],
      [
        "homeassistant/climate/k/config",
        {
          name: "Heat",
          mode_stat_t: "k/m",
          mode_cmd_t: "k/m/set",
          pr_mode_stat_t: "k/p",
          pr_modes: ["eco"],
          swing_h_mode_stat_t: "k/h",
          temp_stat_t: "k/t",
          dev: device,
        },
      ],
      ["homeassistant/sensor/v/config", { name: "Firmware version", stat_t: "v", dev: device }],
      ["homeassistant/sensor/w/config", { name: "Serial number", stat_t: "w", dev: device }],
      ["homeassistant/switch/n/config", { name: "", stat_t: "n", cmd_t: "n/set", dev: device }],
      ["homeassistant/text/p/config", { name: "Key", stat_t: "p", cmd_t: "p/set", mode: "password", dev: device }],
      ["homeassistant/cover/c/config", { name: "Blind", stat_t: "c", cmd_t: "c/set", dev: device }],
      ["homeassistant/device_tracker/t/config", { name: "Cat", stat_t: "t", pl_rst: "gone", dev: device }],
      ["homeassistant/alarm_control_panel/z/config", { name: "Panel", stat_t: "z", dev: device }],
      ["a", "None"],
      ["b", "None"],
      ["c", "None"],
      ["t", "gone"],
      ["z", "None"],
      ["k/m", "None"],
      ["k/p", "None"],
      ["k/h", "on"],
      ["k/t", "None"],
      ["v", "2024.10"],
      ["w", "1e5"],
      ["w", "unavailable"],
    ],
    finds: {
      House: {
        entities: {
          "select Mode": { shows: null },
          "select Song": { shows: "None" },
          "cover Blind": { shows: { state: null, open: undefined, close: undefined, stop: undefined } },
          "device_tracker Cat": { shows: { state: null } },
          "alarm_control_panel Panel": { shows: { state: null } },
          "climate Heat": {
            shows: { mode: null, preset: "None", swing_horizontal_mode: "on", target_temperature: null },
          },
          "sensor Firmware version": { shows: "2024.10" },
          "sensor Serial number": { shows: null },
          "switch House": {},
          "text Key": { hidden: true },
        },
      },
    },
  },
  {
    name: "keys written out, a code that only disarming asks for, speeds that are no percentage, colours with white",
    messages: [
      [
        "homeassistant/lawn_mower/m/config",
        {
          name: "Mower",
          dock_command_topic: "m/dock",
          dock_command_template: '{"to":"{{ value }}"}',
          dev: device,
        },
      ],
      [
        "homeassistant/alarm_control_panel/p/config",
        {
          name: "Panel",
          stat_t: "p",
          cmd_t: "p/set",
          code: "1234",
          cod_arm_req: false,
          sup_feat: ["arm_away"],
          dev: device,
        },
      ],
      [
        "homeassistant/fan/f/config",
        { name: "Fan", cmd_t: "f/set", pct_stat_t: "f/p", pct_cmd_t: "f/p/set", spd_rng_min: 11, dev: device },
      ],
      [
        "homeassistant/light/l/config",
        { name: "Lamp", cmd_t: "l/set", rgbw_stat_t: "l/c", rgbw_cmd_t: "l/c/set", whit_cmd_t: "l/w", dev: device },
      ],
      [
        "homeassistant/vacuum/r/config",
        { name: "Robot", stat_t: "r", cmd_t: "r/do", sup_feat: ["battery"], dev: device },
      ],
      ["f/p", "33"],
      ["l/c", "1,2,3,4"],
      ["r", { state: "docked", battery_level: 61 }],
    ],
    finds: {
      House: {
        entities: {
          "lawn_mower Mower": { sends: [["dock", null, "m/dock", '{"to":"dock"}']] },
          "alarm_control_panel Panel": {
            shows: { state: undefined, arm_away: undefined },
            sends: [["arm_away", null, "p/set", "ARM_AWAY"]],
          },
          "fan Fan": {
            shows: { state: undefined, speed: 33 },
            lacks: { speed: ["unit"] },
            sends: [["speed", 66, "f/p/set", "66"]],
          },
          "light Lamp": {
            shows: { state: undefined, rgbw: "1,2,3,4", white: undefined },
            sends: [
              ["rgbw", "9,8,7,6", "l/c/set", "9,8,7,6"],
              ["white", 200, "l/w", "200"],
            ],
          },
          "vacuum Robot": { shows: { state: "docked", "battery level": 61 } },
        },
      },
    },
  },
  {
    name: "a lamp that speaks JSON takes its colour as the document in which it tells it, not as x and y; one of templates as three numbers",
    messages: [
      [
        "homeassistant/light/w/config",
        { name: "Strip", schema: "json", stat_t: "w", cmd_t: "w/set", sup_clrm: ["rgbw"], dev: device },
      ],
      [
        "homeassistant/light/x/config",
        { name: "Bulb", schema: "json", stat_t: "x", cmd_t: "x/set", sup_clrm: ["xy"], dev: device },
      ],
      [
        "homeassistant/light/t/config",
        {
          name: "Told",
          schema: "template",
          stat_t: "t",
          cmd_t: "t/set",
          cmd_on_tpl: "on,{{ brightness|d }},{{ red|d }}-{{ green|d }}-{{ blue|d }}",
          cmd_off_tpl: "off",
          stat_tpl: "{{ value.split(',')[0] }}",
          r_tpl: "{{ value.split(',')[2].split('-')[0] }}",
          g_tpl: "{{ value.split(',')[2].split('-')[1] }}",
          b_tpl: "{{ value.split(',')[2].split('-')[2] }}",
          dev: device,
        },
      ],
      ["t", "on,77,1-2-3"],
      ["w", { state: "ON", color_mode: "rgbw", color: { r: 255, g: 120, b: 0, w: 9 } }],
      ["x", { state: "ON", color_mode: "xy", color: { x: 0.3, y: 0.4 } }],
    ],
    finds: {
      House: {
        entities: {
          "light Strip": {
            shows: { state: true, brightness: undefined, color: '{"r":255,"g":120,"b":0,"w":9}' },
            sends: [
              ["color", '{"r":0,"g":255,"b":0,"w":9}', "w/set", '{"state":"ON","color":{"r":0,"g":255,"b":0,"w":9}}'],
            ],
          },
          "light Told": {
            shows: { state: true, rgb: "1,2,3" },
            sends: [["rgb", "9,8,7", "t/set", "on,,9-8-7"]],
          },
          "light Bulb": { lacks: { color: ["command"] } },
        },
      },
    },
  },
];
