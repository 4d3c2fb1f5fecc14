import type { AnnouncedEntity, Proposal } from "../announced";
import { get, type Message, numberOf, textOf } from "../message";
import { prefixed } from "../prefixed";
import { composite, jsonPath, meant, single } from "../proposals";
import { isWord, plainNumber } from "../scalar";

/**
 * openHASP (https://www.openhasp.com/latest/commands/mqtt/): `<prefix>/<plate>/state/<topic>`, written to `<prefix>/<plate>/command/<keyword>`.
 * The words of its last will are those of src/mqtt/hasp_mqtt_esp.cpp (https://github.com/HASwitchPlate/openHASP).
 * What happens to the objects on its pages is not shown: only the owner of the pages knows what they mean.
 */
export const openhasp = prefixed({
  id: "openhasp",
  label: "openHASP",
  prefixes: ["hasp"],
  marks: [
    {
      below: "+/state/statusupdate",
      mark: "status",
      fits: (message) =>
        textOf(get(message.object(), "node")) !== undefined &&
        numberOf(get(message.object(), "numPages")) !== undefined,
    },
    { below: "+/state/idle", mark: "idle", fits: (message) => isWord(message, ...IDLE) },
    { below: "+/state/page", mark: "page", fits: (message) => plainNumber(message) !== undefined },
    { below: "+/LWT", mark: "lwt", fits: (message) => isWord(message, "online", "offline") },
    { below: "+/state/backlight", mark: "light", fits: (message) => isLight(message) },
  ],
  isClear: (marks, isUsual) => marks.has("status") || (isUsual && (marks.has("idle") || marks.has("light"))),
  create: (book) => (prefix, below, message) => {
    const [plate = "", group, what = ""] = below;
    if (below.length !== 3 || group !== "state" || plate === "") return;
    const key = `${prefix}/${plate}`;
    const common: Proposal = {
      filter: message.topic,
      availability: { filter: `${key}/LWT`, online: "online", offline: "offline" },
    };
    for (const entity of entitiesOf(what, common, message, `${key}/command/${what}`))
      if (book.has(key) || book.device(key, { name: plate, maker: "openHASP" })) book.entity(key, entity);
  },
});

const IDLE = ["off", "short", "long"];
const isLight = (message: Message): boolean =>
  /^(on|off)$/i.test(textOf(get(message.object(), "state")) ?? "") &&
  numberOf(get(message.object(), "brightness")) !== undefined;

function* entitiesOf(
  what: string,
  common: Proposal,
  message: Message,
  topic: string,
): IterableIterator<AnnouncedEntity> {
  if (what === "statusupdate") yield* statusOf(common, message);
  if (what === "idle" && isWord(message, ...IDLE))
    yield single(
      { key: what, name: "Idle", kind: "select" },
      { ...common, type: "text", command: { topic, options: IDLE } },
    );
  if (what === "page" && plainNumber(message) !== undefined)
    yield single(
      { key: what, name: "Page", kind: "number" },
      { ...common, type: "number", command: { topic, min: 1, max: 12, step: 1 } },
    );
  if ((what === "backlight" || what === "moodlight") && isLight(message)) yield light(what, common, message, topic);
  const pin = /^(input|output)(\d{1,2})$/.exec(what);
  if (pin && /^(on|off)$/i.test(textOf(get(message.object(), "state")) ?? ""))
    yield single(
      {
        key: what,
        name: `${pin[1] === "input" ? "Input" : "Output"} ${pin[2]}`,
        kind: pin[1] === "input" ? "binary_sensor" : "switch",
      },
      {
        ...common,
        value: "$.state",
        type: "boolean",
        ...(pin[1] === "output" && { command: { topic, payloads: { on: '{"state":"on"}', off: '{"state":"off"}' } } }),
      },
    );
}

const light = (what: string, common: Proposal, message: Message, topic: string): AnnouncedEntity =>
  composite({ key: what, name: what === "backlight" ? "Backlight" : "Moodlight", kind: "light" }, [
    {
      role: "state",
      registration: {
        ...common,
        value: "$.state",
        type: "boolean",
        partial: true,
        command: { topic, payloads: { on: '{"state":"on"}', off: '{"state":"off"}' } },
      },
    },
    {
      role: "brightness",
      registration: {
        ...common,
        value: "$.brightness",
        type: "number",
        partial: true,
        command: { topic, template: '{"brightness":{{value}}}', min: 1, max: 255, step: 1 },
      },
    },
    ...(what === "moodlight" && textOf(get(message.object(), "color")) !== undefined
      ? [
          {
            role: "color",
            registration: {
              ...common,
              value: "$.color",
              type: "text" as const,
              partial: true,
              command: { topic, template: '{"color":{{value}}}' },
            },
          },
        ]
      : []),
  ]);

const STATUS = [
  { key: "rssi", name: "RSSI", unit: "dBm", diagnostic: true },
  { key: "uptime", name: "Uptime", unit: "s", diagnostic: true },
  { key: "heapFree", name: "Free memory", unit: "B", diagnostic: true },
  { key: "version", name: "Version", diagnostic: true },
  { key: "ip", name: "IP address", diagnostic: true },
] as const;

function* statusOf(common: Proposal, message: Message): IterableIterator<AnnouncedEntity> {
  const json = message.object();
  for (const row of STATUS) {
    const value = get(json, row.key);
    if (typeof value !== "string" && typeof value !== "number") continue;
    yield meant(`status.${row.key}`, row, {
      ...common,
      value: jsonPath(row.key),
      partial: true,
      type: typeof value === "number" ? "number" : "text",
      ...("unit" in row && { unit: row.unit }),
    });
  }
}
