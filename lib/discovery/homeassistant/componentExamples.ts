import type { DiscoveryExample } from "../example";

const device = { ids: ["0xabc"], name: "Workshop", mf: "Acme", mdl: "Box 3", sa: "Cellar" };

/** Things of several sides, and all the other components. */
export const componentExamples: readonly DiscoveryExample[] = [
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
    name: "a blind that counts how far it is closed is not shown as that far open",
    messages: [
      [
        "homeassistant/cover/r/config",
        {
          name: "Roller",
          "~": "roller",
          cmd_t: "~/do",
          pl_open: "REVEAL",
          pl_cls: "SHUT",
          pos_t: "~/shut",
          set_pos_t: "~/shut/set",
          pos_open: 0,
          pos_clsd: 100,
          dev: device,
        },
      ],
      ["roller/shut", "80"],
    ],
    finds: {
      Workshop: {
        entities: {
          "cover Roller": {
            parts: { closed: { name: "Roller closed", unit: "%" } },
            sends: [
              ["closed", 100, "roller/shut/set", "100"],
              ["close", null, "roller/do", "SHUT"],
            ],
          },
        },
      },
    },
  },
  {
    name: "a camera and a picture, as bytes or as base64, and one that is told by its address",
    messages: [
      ["homeassistant/camera/c/config", { name: "Yard", t: "cam/yard", dev: device }],
      ["homeassistant/image/m/config", { name: "Map", image_topic: "vac/map", img_e: "b64", dev: device }],
      ["homeassistant/image/u/config", { name: "Poster", url_t: "tv/poster", dev: device }],
      ["tv/poster", "http://tv.lan/poster.png"],
    ],
    finds: {
      Workshop: {
        entities: {
          "image Yard": { value: { filter: "cam/yard", format: "image" } },
          "image Map": { value: { filter: "vac/map", format: "image", encoding: "base64" } },
          "image Poster": { shows: "http://tv.lan/poster.png" },
        },
      },
    },
  },
  {
    name: "a choice that says None has none; a light whose colour is JSON",
    messages: [
      [
        "homeassistant/select/x/config",
        { name: "Preset", state_topic: "x/p", command_topic: "x/p/set", options: ["eco", "away"] },
      ],
      [
        "homeassistant/light/y/config",
        {
          name: "Strip",
          schema: "json",
          state_topic: "y",
          command_topic: "y/set",
          supported_color_modes: ["hs"],
        },
      ],
      ["x/p", "eco"],
      ["x/p", "None"],
      ["y", { state: "ON", brightness: 9, color: { h: 30, s: 100 } }],
    ],
    finds: {
      Preset: { entities: { "select Preset": { shows: null } } },
      Strip: { entities: { "light Strip": { shows: { state: true, brightness: 9, color: '{"h":30,"s":100}' } } } },
    },
  },
];
