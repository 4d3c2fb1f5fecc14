import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedEntity, Proposal } from "../announced";
import { type BoundedMap, boundedMap } from "../convention";
import { get, type JsonObject, numberOf, textOf } from "../message";
import { single } from "../proposals";

/**
 * Switchable outputs (https://github.com/victronenergy/venus/wiki/dbus#switch): `SwitchableOutput/<output>/State` and `Dimming`. What
 * Dimming means stands in the output's settings, which arrive before or after it.
 */
const OUTPUT =
  /^SwitchableOutput\/([^/]+)\/(State|Dimming|Settings\/(?:CustomName|Type|Unit|DimmingMin|DimmingMax|StepSize))$/;

/** Values of Settings/Type. */
const DIMMABLE = 2;
const TEMPERATURE = 3;
const STEPPED = 4;
const DROPDOWN = 6;

interface Output {
  name?: string;
  type?: number;
  unit?: string;
  min?: number;
  max?: number;
  step?: number;
  /** Whether State and Dimming were received. */
  state: boolean;
  dimming: boolean;
}

export const isOutput = (path: string): boolean => OUTPUT.test(path);

export function createOutputs(): (base: string, path: string, json: JsonObject) => AnnouncedEntity[] {
  const outputs: BoundedMap<Output> = boundedMap(5000);

  return (base, path, json) => {
    const [, id = "", what = ""] = OUTPUT.exec(path) ?? [];
    const output = outputs.open(`${base}/${id}`, () => ({ state: false, dimming: false }));
    const before = JSON.stringify(output);
    learn(output, what, json);
    if (JSON.stringify(output) === before && what.startsWith("Settings/")) return [];
    const topic = `N/${base}/SwitchableOutput/${id}`;
    return [
      ...(output.state ? [switched(topic, id, output)] : []),
      ...(output.dimming ? [dimmed(topic, id, output)] : []),
    ];
  };
}

function learn(output: Output, what: string, json: JsonObject): void {
  const value = get(json, "value");
  const number = numberOf(value);
  const set = <K extends "type" | "min" | "max" | "step">(key: K): void => {
    if (number !== undefined) output[key] = number;
  };
  switch (what) {
    case "State":
      output.state = true;
      return;
    case "Dimming":
      output.dimming = true;
      return;
    case "Settings/CustomName": {
      const name = textOf(value);
      if (name === undefined) delete output.name;
      else output.name = name;
      return;
    }
    case "Settings/Unit": {
      const unit = textOf(value, 20);
      // "/S", "/T" and "/V" stand for a quantity in the unit of whoever looks at the device's own screen.
      if (unit === undefined || unit.startsWith("/")) delete output.unit;
      else output.unit = unit;
      return;
    }
    case "Settings/Type":
      set("type");
      return;
    case "Settings/DimmingMin":
      set("min");
      return;
    case "Settings/DimmingMax":
      set("max");
      return;
    default:
      set("step");
  }
}

const called = (id: string, output: Output): string => output.name ?? `Switchable output ${id.replaceAll("_", " ")}`;

const switched = (topic: string, id: string, output: Output): AnnouncedEntity =>
  single(
    {
      key: `SwitchableOutput/${id}/State`,
      name: output.name ?? `${called(id, output)} state`,
      kind: "switch",
    },
    {
      filter: `${topic}/State`,
      value: "$.value",
      type: "boolean",
      payloads: { on: "1", off: "0" },
      command: { topic: write(`${topic}/State`), payloads: { on: '{"value":1}', off: '{"value":0}' } },
      staleAfter: "3m",
    },
  );

function dimmed(topic: string, id: string, output: Output): AnnouncedEntity {
  const { type } = output;
  const choice = type === STEPPED || type === DROPDOWN;
  const unit = output.unit ?? (type === TEMPERATURE ? "°C" : type === DIMMABLE ? "%" : undefined);
  const min = output.min ?? (type === DIMMABLE ? 0 : undefined);
  const max = output.max ?? (type === DIMMABLE ? 100 : undefined);
  const bounds = min !== undefined && max !== undefined && min < max ? { min, max } : {};
  const step = choice ? 1 : output.step !== undefined && output.step > 0 ? output.step : undefined;
  const word = choice ? "choice" : type === TEMPERATURE ? "setpoint" : "dimming";
  return single(
    {
      key: `SwitchableOutput/${id}/Dimming`,
      name: `${called(id, output)} ${word}`,
      kind: choice ? "select" : "number",
    },
    dropUndefined<Proposal>({
      filter: `${topic}/Dimming`,
      value: "$.value",
      type: "number",
      unit: choice ? undefined : unit,
      command: dropUndefined({
        topic: write(`${topic}/Dimming`),
        template: '{"value":{{value}}}',
        step,
        ...bounds,
      }),
      staleAfter: "3m",
    }),
  );
}

const write = (topic: string): string => topic.replace(/^N\//, "W/");
