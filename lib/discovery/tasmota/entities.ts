import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedEntity, AnnouncedPart, Proposal } from "../announced";
import { composite, jsonPath, single } from "../proposals";
import type { DeviceUnits } from "./units";

/** A device and its topics; the configured full topic may put the prefix first or last. */
export interface TasmotaDevice {
  key: string;
  tele: string;
  stat: string;
  cmnd: string;
  words: { on: string; off: string; online: string; offline: string };
  /** Names of the relays and switches, from the discovery message. */
  names: readonly (string | undefined)[];
  switches: readonly (string | undefined)[];
  units: DeviceUnits;
  mireds?: readonly [number, number];
  /** Relays whose own topic was received: it is faster and more reliable than the periodic STATE. */
  heard: Set<string>;
}

export const availability = ({ tele, words }: TasmotaDevice): Pick<Proposal, "availability"> => ({
  availability: { filter: `${tele}/LWT`, online: words.online, offline: words.offline },
});

export const reading = (
  device: TasmotaDevice,
  leaf: string,
  path: readonly (string | number)[],
  unit: string | undefined,
  type: Proposal["type"],
): Proposal =>
  dropUndefined({
    filter: `${device.tele}/${leaf}`,
    value: jsonPath(...path),
    partial: true,
    type,
    unit,
    ...availability(device),
  });

/** The relay's own topic once it was received, else its member of the periodic STATE. */
const stateOf = (device: TasmotaDevice, word: string): Proposal =>
  device.heard.has(word)
    ? { filter: `${device.stat}/${word}` }
    : { filter: `${device.tele}/STATE`, value: jsonPath(word), partial: true };

export function relayEntity(device: TasmotaDevice, word: string): AnnouncedEntity {
  const index = Number(word.slice(5) || 1) - 1;
  const { on, off } = device.words;
  return single(
    { key: word, name: device.names[index] ?? (word === "POWER" ? "Relay" : `Relay ${index + 1}`), kind: "switch" },
    {
      ...stateOf(device, word),
      type: "boolean",
      payloads: { on, off },
      command: { topic: `${device.cmnd}/${word}` },
      ...availability(device),
    },
  );
}

/** The members of a light's state beside on and off, by its subtype (`lt_st`). */
export const SIDES: Readonly<Record<number, readonly string[]>> = {
  2: ["Dimmer", "CT"],
  3: ["Dimmer", "Color"],
  4: ["Dimmer", "Color"],
  5: ["Dimmer", "CT", "Color"],
};

/** `sides`: the members that its state has. */
export function light(
  device: TasmotaDevice,
  word: string,
  name: string | undefined,
  sides: readonly string[],
): AnnouncedEntity {
  const { on, off } = device.words;
  const member = (key: string): Proposal => ({
    filter: `${device.tele}/STATE`,
    value: jsonPath(key),
    partial: true,
    ...availability(device),
  });
  const parts: AnnouncedPart[] = [
    {
      role: "state",
      registration: {
        ...stateOf(device, word),
        type: "boolean",
        payloads: { on, off },
        command: { topic: `${device.cmnd}/${word}` },
        ...availability(device),
      },
    },
  ];
  const side = (key: string, role: string, extra: Proposal): void => {
    if (sides.includes(key)) parts.push({ role, registration: { ...member(key), ...extra } });
  };
  side("Dimmer", "brightness", {
    type: "number",
    unit: "%",
    range: [0, 100],
    command: { topic: `${device.cmnd}/Dimmer`, min: 0, max: 100, step: 1 },
  });
  side("CT", "color_temp", {
    type: "number",
    unit: "mired",
    command: { topic: `${device.cmnd}/CT`, min: device.mireds?.[0] ?? 153, max: device.mireds?.[1] ?? 500, step: 1 },
  });
  side("Color", "color", { type: "text", command: { topic: `${device.cmnd}/Color` } });
  return composite({ key: `light.${word}`, name: name ?? "Light", kind: "light" }, parts);
}

/** A shutter reports its position in SENSOR messages. */
export function shutter(device: TasmotaDevice, n: string): AnnouncedEntity {
  const press = (role: string, command: string): AnnouncedPart => ({
    role,
    registration: { command: { topic: `${device.cmnd}/${command}${n}`, press: "" }, ...availability(device) },
  });
  return composite({ key: `shutter.${n}`, name: `Shutter ${n}`, kind: "cover" }, [
    {
      role: "position",
      registration: {
        ...reading(device, "SENSOR", [`Shutter${n}`, "Position"], "%", "number"),
        range: [0, 100],
        command: { topic: `${device.cmnd}/ShutterPosition${n}`, min: 0, max: 100, step: 1 },
      },
    },
    press("open", "ShutterOpen"),
    press("close", "ShutterClose"),
    press("stop", "ShutterStop"),
  ]);
}
