import { glyphOf } from "../glyphs/glyphOf";
import type { PointInfo } from "../point";
import type { Snapshot } from "../protocol";
import type { Value } from "../reading";

/** What the gallery shows: a point for each kind of tile, in each state that it can have. Not for people: names stay English. */

type Given = Partial<PointInfo> & {
  kind: string;
  value: Value;
  beyond?: Value;
  parts?: Record<string, Given & { kind?: string }>;
};

const switches = { kind: "switch", assumed: false, send: "release", confirmMs: 5000 } as const;
const numbers = { ...switches, kind: "number", min: 0, max: 100 } as const;
const warm = { unit: "°C", type: "number", precision: 1 } as const;

/** `beyond`: a value over its threshold. */
const BASES: readonly Given[] = [
  {
    kind: "value",
    name: "Outside temperature",
    ...warm,
    value: 21.6,
    beyond: 41.5,
    thresholds: [
      { above: 30, level: "warning" },
      { above: 40, level: "critical" },
    ],
  },
  {
    kind: "gauge",
    name: "Boiler pressure",
    unit: "bar",
    type: "number",
    range: [0, 4],
    value: 1.62,
    beyond: 3.4,
    thresholds: [
      { above: 2.5, level: "warning" },
      { above: 3, level: "critical" },
    ],
  },
  { kind: "status", name: "Front door", type: "boolean", words: { on: "Open", off: "Closed" }, value: true },
  { kind: "text", name: "Washing machine", type: "text", value: "Rinsing" },
  { kind: "switch", name: "Circulation pump", type: "boolean", command: switches, value: true },
  { kind: "slider", name: "Desk lamp", type: "number", unit: "%", range: [0, 100], command: numbers, value: 62 },
  { kind: "number", name: "Thermostat", ...warm, command: { ...numbers, min: 5, max: 30, step: 0.5 }, value: 21 },
  {
    kind: "select",
    name: "Ceiling fan",
    type: "text",
    command: { ...switches, kind: "select", options: ["off", "low", "high"] },
    value: "low",
  },
  { kind: "button", name: "Door chime", command: { ...switches, kind: "button", assumed: true }, value: null },
  {
    kind: "light",
    name: "Reading lamp",
    type: "boolean",
    command: switches,
    value: true,
    parts: {
      brightness: {
        kind: "",
        name: "Brightness",
        type: "number",
        unit: "%",
        range: [0, 100],
        command: numbers,
        value: 66,
      },
    },
  },
  {
    kind: "cover",
    name: "Bedroom blind",
    type: "number",
    unit: "%",
    range: [0, 100],
    command: numbers,
    value: 60,
    parts: Object.fromEntries(
      ["open", "stop", "close"].map((role) => [
        role,
        { kind: "", name: role, command: { ...switches, kind: "button", assumed: true }, value: null },
      ]),
    ),
  },
  {
    kind: "climate",
    name: "Office thermostat",
    ...warm,
    value: 20.5,
    parts: {
      target: { kind: "", name: "Target", ...warm, command: { ...numbers, min: 5, max: 30, step: 0.5 }, value: 21.5 },
      action: { kind: "", name: "Action", type: "text", value: "heating" },
    },
  },
  {
    kind: "fan",
    name: "Tower fan",
    type: "boolean",
    command: switches,
    value: true,
    parts: {
      speed: { kind: "", name: "Speed", type: "number", unit: "%", range: [0, 100], command: numbers, value: 40 },
    },
  },
];

const STATES = [
  "live",
  "warning",
  "critical",
  "stale",
  "offline",
  "unknown",
  "waiting",
  "unconfirmed",
  "view only",
] as const;
export type SpecimenState = (typeof STATES)[number];

export interface Specimen {
  tile: { id: string; kind: string; point: PointInfo["id"]; options?: Record<string, unknown> };
  state: SpecimenState;
}

/** Whether a tile of this sort can be in the state at all. */
function can({ beyond, command, parts }: Given, state: SpecimenState): boolean {
  if (state === "warning" || state === "critical") return beyond !== undefined;
  const operated = command !== undefined || parts !== undefined;
  return (state !== "waiting" && state !== "unconfirmed" && state !== "view only") || operated;
}

export interface Gallery {
  snapshot: Snapshot;
  kinds: { kind: string; specimens: Specimen[] }[];
}

export function galleryOf(now: number): Gallery {
  const points: PointInfo[] = [];
  const values: Snapshot["values"] = [];
  const commands: Snapshot["commands"] = [];
  const add = (given: Given, id: string, state: SpecimenState): PointInfo["id"] => {
    const { kind, value, beyond, parts, ...rest } = given;
    const info = {
      registration: "gallery",
      origin: "demo",
      broker: "gallery",
      id,
      name: id,
      operable: state !== "view only",
      topic: id,
      ...rest,
    } as PointInfo;
    points.push({ ...info, icon: glyphOf(info) });
    const old = now - 14 * 60_000;
    const shown = state === "critical" ? (beyond ?? value) : state === "warning" ? between(given) : value;
    const seen = state === "unknown" || value === null;
    const freshness =
      state === "stale" || state === "offline" || state === "unknown" ? state : seen ? "unknown" : "live";
    values.push([
      points.length - 1,
      seen ? null : shown,
      seen ? null : state === "live" ? now - 12_000 : old,
      { freshness, since: old, ...(state === "offline" && { reason: { code: "status.deviceOffline" } }) },
    ] as unknown as (typeof values)[number]);
    if (info.command && (state === "waiting" || state === "unconfirmed"))
      commands.push(commandOf(info, state, shown, now));
    return info.id;
  };
  const kinds = BASES.map((base) => ({
    kind: base.kind,
    specimens: STATES.filter((state) => can(base, state)).map((state): Specimen => {
      const id = `gallery/${base.kind}/${state}`;
      const point = add(base, id, state);
      const parts = Object.entries(base.parts ?? {}).map(([role, part]) => [role, add(part, `${id}/${role}`, state)]);
      return {
        tile: {
          id,
          kind: base.kind,
          point,
          ...(parts.length > 0 && { options: { parts: Object.fromEntries(parts) } }),
        },
        state,
      };
    }),
  }));
  return { snapshot: { room: "gallery", epoch: "gallery", rev: 1, now, points, values, commands, brokers: [] }, kinds };
}

/** Over the warning, below what is critical. */
const between = ({ thresholds, value }: Given): Value => {
  const [first] = thresholds ?? [];
  return first && "above" in first && first.above !== undefined ? first.above + 0.2 : value;
};

function commandOf(
  { id }: PointInfo,
  state: "waiting" | "unconfirmed",
  value: Value,
  now: number,
): Snapshot["commands"][number] {
  const asked = typeof value === "boolean" ? !value : typeof value === "number" ? value / 2 : value;
  const base = { id: `c-${id}`, point: id, value: asked, by: "Ana", at: now - 3000 };
  return (
    state === "waiting"
      ? { ...base, state: "sent" }
      : { ...base, state: "unconfirmed", endedAt: now - 1000, reason: { code: "kit.noAnswer" } }
  ) as Snapshot["commands"][number];
}
