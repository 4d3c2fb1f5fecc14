import type { DiscoveryExample } from "../example";

const device = { ids: ["0xabc"], name: "Workshop", mf: "Acme", mdl: "Box 3", sa: "Cellar" };

export const examples: readonly DiscoveryExample[] = [
  {
    name: "a sensor in abbreviated words, its value behind a template",
    messages: [
      [
        "homeassistant/sensor/box/temp/config",
        {
          "~": "shop/box/",
          name: "Temperature",
          stat_t: "~state",
          val_tpl: "{{ value_json.t }}",
          unit_of_meas: "°C",
          uniq_id: "t1",
          dev: device,
        },
      ],
      ["shop/box/state", { t: 21.5, h: 40 }],
    ],
    finds: {
      Workshop: {
        maker: "Acme",
        model: "Box 3",
        area: "Cellar",
        entities: {
          "sensor Temperature": {
            value: { filter: "shop/box/state", value: "$.t", unit: "°C", type: "number" },
            shows: 21.5,
          },
        },
      },
    },
  },
  {
    name: "a message without the key keeps the value, null makes it unknown",
    messages: [
      [
        "homeassistant/sensor/a/config",
        { name: "A", stat_t: "s", val_tpl: "{{ value_json.a | is_defined }}", unit_of_meas: "V", dev: device },
      ],
      [
        "homeassistant/sensor/b/config",
        { name: "B", stat_t: "s", val_tpl: "{{ value_json.b }}", unit_of_meas: "V", dev: device },
      ],
      ["s", { a: 1, b: 2 }],
      ["s", { b: null }],
    ],
    finds: { Workshop: { entities: { "sensor A": { shows: 1 }, "sensor B": { shows: null } } } },
  },
  {
    name: "availability from several topics, `~` inside of them, the mode",
    messages: [
      [
        "homeassistant/binary_sensor/w/config",
        {
          "~": "shop/w",
          name: "Window",
          stat_t: "~/s",
          avty: [
            { t: "~/lwt", pl_avail: "up", pl_not_avail: "down" },
            { topic: "hub/state", value_template: "{{ value_json.state }}" },
          ],
          avty_mode: "all",
          dev: device,
        },
      ],
    ],
    finds: {
      Workshop: {
        entities: {
          "binary_sensor Window": {
            value: {
              payloads: { on: "ON", off: "OFF" },
              availabilityMode: "all",
              availability: [
                { filter: "shop/w/lwt", online: "up", offline: "down" },
                { filter: "hub/state", value: "$.state", online: "online", offline: "offline" },
              ],
            },
          },
        },
      },
    },
  },
  {
    name: "a switch whose state has other words than its command",
    messages: [
      [
        "homeassistant/switch/p/config",
        {
          name: "Pump",
          stat_t: "p/s",
          cmd_t: "p/c",
          pl_on: '{"time":254}',
          pl_off: '{"time":0}',
          stat_on: "true",
          stat_off: "false",
          val_tpl: "{{ value_json.on | lower }}",
          dev: device,
        },
      ],
      ["p/s", { on: true }],
    ],
    finds: {
      Workshop: {
        entities: {
          "switch Pump": {
            shows: true,
            sends: [
              ["value", true, "p/c", '{"time":254}'],
              ["value", false, "p/c", '{"time":0}'],
            ],
          },
        },
      },
    },
  },
  {
    name: "payload_on as JSON true",
    messages: [
      [
        "homeassistant/binary_sensor/o/config",
        {
          name: "Open",
          stat_t: "o",
          val_tpl: "{{ value_json.open | is_defined }}",
          pl_on: true,
          pl_off: false,
          dev: device,
        },
      ],
      ["o", { open: true }],
    ],
    finds: { Workshop: { entities: { "binary_sensor Open": { shows: true } } } },
  },
  {
    name: "a light in JSON: what it can, and its own scale",
    messages: [
      [
        "homeassistant/light/l/config",
        {
          schema: "json",
          name: null,
          stat_t: "l",
          cmd_t: "l/set",
          brightness: true,
          brightness_scale: 254,
          supported_color_modes: ["color_temp"],
          min_mireds: 250,
          max_mireds: 454,
          dev: device,
        },
      ],
      ["l", { state: "ON", brightness: 127, color_temp: 370 }],
    ],
    finds: {
      Workshop: {
        entities: {
          "light Workshop": {
            shows: { state: true, brightness: 127, color_temp: 370 },
            parts: { brightness: { range: [0, 254] }, color_temp: { unit: "mired" } },
            sends: [
              ["state", true, "l/set", '{"state":"ON"}'],
              ["brightness", 200, "l/set", '{"state":"ON","brightness":200}'],
            ],
          },
        },
      },
    },
  },
  {
    name: "a light by topics and one by templates",
    messages: [
      [
        "homeassistant/light/t/config",
        {
          name: "Topics",
          stat_t: "t/s",
          cmd_t: "t/c",
          bri_stat_t: "t/b",
          bri_cmd_t: "t/b/set",
          bri_scl: 100,
          dev: device,
        },
      ],
      [
        "homeassistant/light/m/config",
        {
          schema: "template",
          name: "Templates",
          stat_t: "m/s",
          cmd_t: "m/c",
          cmd_on_tpl: "on{% if brightness is defined %},{{ brightness }}{% endif %}",
          cmd_off_tpl: "off",
          stat_tpl: "{{ value.split(',')[0] }}",
          bri_tpl: "{{ value.split(',')[1] }}",
          dev: device,
        },
      ],
      ["t/s", "ON"],
      ["t/b", "40"],
      ["m/s", "on,77"],
    ],
    finds: {
      Workshop: {
        entities: {
          "light Topics": { shows: { state: true, brightness: 40 }, sends: [["brightness", 55, "t/b/set", "55"]] },
          "light Templates": {
            shows: { state: true, brightness: 77 },
            sends: [
              ["state", true, "m/c", "on"],
              ["state", false, "m/c", "off"],
              ["brightness", 9, "m/c", "on,9"],
            ],
          },
        },
      },
    },
  },
  {
    name: "a cover with position, a lock, a fan with speeds by words",
    messages: [
      [
        "homeassistant/cover/c/config",
        {
          name: "Blind",
          stat_t: "c/s",
          cmd_t: "c/c",
          pos_t: "c/p",
          set_pos_t: "c/p/set",
          set_pos_tpl: '{ "position": {{ position }} }',
          pl_stop: null,
          dev: device,
        },
      ],
      ["homeassistant/lock/k/config", { name: "Door", stat_t: "k/s", cmd_t: "k/c", dev: device }],
      [
        "homeassistant/fan/f/config",
        {
          name: "Fan",
          stat_t: "f/s",
          cmd_t: "f/c",
          pct_stat_t: "f/m",
          pct_val_tpl: "{{ {'off':0, 'low':1, 'high':2}[value] | default('None') }}",
          pct_cmd_t: "f/m/set",
          pct_cmd_tpl: "{{ {0:'off', 1:'low', 2:'high'}[value] }}",
          spd_rng_max: 2,
          dev: device,
        },
      ],
      ["c/s", "open"],
      ["c/p", "80"],
      ["k/s", "LOCKED"],
      ["f/m", "high"],
    ],
    finds: {
      Workshop: {
        entities: {
          "cover Blind": {
            shows: { state: "open", position: 80, open: undefined, close: undefined },
            sends: [
              ["position", 55, "c/p/set", '{ "position": 55 }'],
              ["close", null, "c/c", "CLOSE"],
            ],
          },
          "lock Door": { shows: { state: true }, sends: [["state", false, "k/c", "UNLOCK"]] },
          "fan Fan": { shows: { state: undefined, speed: 2 }, sends: [["speed", 1, "f/m/set", "low"]] },
        },
      },
    },
  },
  {
    name: "a climate with all its sides",
    messages: [
      [
        "homeassistant/climate/h/config",
        {
          name: "Heating",
          modes: ["heat", "off"],
          mode_stat_t: "h/m",
          mode_cmd_t: "h/m/set",
          curr_temp_t: "h",
          curr_temp_tpl: "{{ value_json.now }}",
          temp_stat_t: "h",
          temp_stat_tpl: "{{ value_json.want }}",
          temp_cmd_t: "h/want/set",
          min_temp: "5",
          max_temp: "30",
          temp_step: 0.5,
          temp_unit: "C",
          act_t: "h",
          act_tpl: "{% set v = {None:None,'idle':'idle','heat':'heating'} %}{{ v[value_json.run] }}",
          dev: device,
        },
      ],
      ["h", { now: 19.5, want: 21, run: "heat" }],
    ],
    finds: {
      Workshop: {
        entities: {
          "climate Heating": {
            shows: { mode: undefined, current_temperature: 19.5, target_temperature: 21, action: "heating" },
            parts: { current_temperature: { unit: "°C" }, target_temperature: { range: [5, 30], unit: "°C" } },
            sends: [
              ["target_temperature", 22.5, "h/want/set", "22.5"],
              ["mode", "off", "h/m/set", "off"],
            ],
          },
        },
      },
    },
  },
  {
    name: "number, select, text, button, siren, update, event",
    messages: [
      [
        "homeassistant/number/n/config",
        {
          name: "Delay",
          stat_t: "n",
          cmd_t: "n/set",
          min: 0,
          max: 60,
          step: 5,
          unit_of_meas: "s",
          cmd_tpl: '{"delay": {{ value }} }',
          dev: device,
        },
      ],
      [
        "homeassistant/select/s/config",
        { name: "Mode", stat_t: "s", cmd_t: "s/set", ops: ["eco", "boost"], dev: device },
      ],
      ["homeassistant/button/b/config", { name: "Restart", cmd_t: "b", pl_prs: "", dev: device, ent_cat: "config" }],
      ["homeassistant/siren/y/config", { name: "Horn", cmd_t: "y", dev: device }],
      [
        "homeassistant/update/u/config",
        {
          name: "Firmware",
          stat_t: "u",
          val_tpl: '{"installed_version":"{{ value_json.v }}","latest_version":"{{ value_json.n }}"}',
          cmd_t: "u/go",
          pl_inst: "go",
          dev: device,
        },
      ],
      ["homeassistant/event/e/config", { name: "Bell", stat_t: "e", evt_typ: ["ring"], dev: device }],
      ["u", { v: "1.2", n: "1.3" }],
      ["e", { event_type: "ring" }],
    ],
    finds: {
      Workshop: {
        entities: {
          "number Delay": { sends: [["value", 15, "n/set", '{"delay": 15 }']] },
          "select Mode": { sends: [["value", "boost", "s/set", "boost"]] },
          "button Restart": { category: "config", sends: [["value", null, "b", ""]] },
          "siren Horn": { sends: [["state", true, "y", '{"state":"ON"}']] },
          "update Firmware": { shows: { installed: "1.2", latest: "1.3", install: undefined } },
          "event Bell": { shows: "ring" },
        },
      },
    },
  },
  {
    name: "a whole device in one config, one component taken back",
    messages: [
      [
        "homeassistant/device/box/config",
        {
          dev: device,
          o: { name: "acme" },
          stat_t: "box",
          cmps: {
            a: { p: "sensor", name: "Power", unit_of_meas: "W", val_tpl: "{{ value_json.w }}" },
            b: { p: "switch", name: "Relay", cmd_t: "box/set", val_tpl: "{{ value_json.r }}" },
          },
        },
      ],
      [
        "homeassistant/device/box/config",
        {
          dev: device,
          stat_t: "box",
          cmps: {
            a: { p: "sensor", name: "Power", unit_of_meas: "W", val_tpl: "{{ value_json.w }}" },
            b: { p: "switch" },
          },
        },
      ],
      ["box", { w: 12, r: "ON" }],
    ],
    finds: {
      Workshop: {
        entities: { "sensor Power": { shows: 12 }, "switch Relay": { withdrawn: "its announcement was taken back" } },
      },
    },
  },
  {
    name: "what is taken back is marked, not forgotten",
    messages: [
      ["homeassistant/sensor/x/config", { name: "X", stat_t: "x", dev: device }],
      ["homeassistant/sensor/x/config", ""],
    ],
    finds: {
      Workshop: {
        withdrawn: "its announcement was taken back",
        entities: { "sensor X": { withdrawn: "its announcement was taken back" } },
      },
    },
  },
  {
    name: "one sensor heard by several gateways is one point",
    messages: [
      [
        "homeassistant/sensor/g/config",
        { name: "G", stat_t: "+/+/BTtoMQTT/AA", val_tpl: "{{ value_json.g }}", unit_of_meas: "%", dev: device },
      ],
      ["home/one/BTtoMQTT/AA", { g: 1 }],
      ["home/two/BTtoMQTT/AA", { g: 2 }],
    ],
    finds: { Workshop: { entities: { "sensor G": { value: { merge: true }, shows: 2 } } } },
  },
  {
    name: "a state topic below homeassistant/ is no config, triggers are left out",
    messages: [
      ["homeassistant/sensor/z/state", "5"],
      ["homeassistant/device_automation/z/config", { t: "z", dev: device, atype: "trigger" }],
    ],
    finds: { Workshop: null },
  },
];
