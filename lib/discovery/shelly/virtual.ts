import type { AnnouncedEntity, Proposal } from "../announced";
import { get, type JsonObject } from "../message";
import { single } from "../proposals";

/**
 * Virtual components (https://shelly-api-docs.shelly.cloud/gen2/DynamicComponents/Virtual/): values and buttons that the device's owner or
 * a script made, with ids from 200. Their status has the value, but neither name, unit nor options: these are in the configuration, which
 * is not published.
 */
const KINDS = ["boolean", "number", "enum", "text", "button"] as const;
type VirtualKind = (typeof KINDS)[number];

export function virtualOf(component: string): { kind: VirtualKind; id: number } | undefined {
  const [, word = "", digits = ""] = /^([a-z]+):(2\d\d)$/.exec(component) ?? [];
  const kind = KINDS.find((one) => one === word);
  return kind && { kind, id: Number(digits) };
}

/** Whether the message can hardly be of another maker's device: its id is optional, unlike in the status of other components. */
export const isVirtualStatus = (json: JsonObject): boolean =>
  Object.hasOwn(json, "value") &&
  typeof get(json, "source") === "string" &&
  typeof get(json, "last_update_ts") === "number";

/** `state`: where the value is read; `availability` alone for a button. */
export function virtualEntity(
  prefix: string,
  component: string,
  json: JsonObject,
  state: Proposal,
  availability: Proposal,
): AnnouncedEntity | undefined {
  const found = virtualOf(component);
  if (!found) return undefined;
  const { kind, id } = found;
  const entity = { key: component, name: `${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${id}` };
  const topic = `${prefix}/rpc`;
  const call = (method: string, args: string): string =>
    `{"id":1,"src":"telltale","method":"${method}","params":{"id":${id},${args}}}`;
  if (kind === "button")
    return single(
      { ...entity, kind: "button" },
      { ...availability, command: { topic, press: call("Button.Trigger", '"event":"single_push"') } },
    );
  const value = get(json, "value");
  if (value === undefined || (typeof value === "object" && value !== null)) return undefined;
  switch (kind) {
    case "boolean":
      return single(
        { ...entity, kind: "switch" },
        {
          ...state,
          type: "boolean",
          payloads: { on: "true", off: "false" },
          command: {
            topic,
            payloads: { on: call("Boolean.Set", '"value":true'), off: call("Boolean.Set", '"value":false') },
          },
        },
      );
    case "number":
      return single(
        { ...entity, kind: "number" },
        { ...state, type: "number", command: { topic, template: call("Number.Set", '"value":{{value}}') } },
      );
    default: {
      const method = kind === "enum" ? "Enum.Set" : "Text.Set";
      return single(
        { ...entity, kind: kind === "enum" ? "select" : "text" },
        { ...state, type: "text", command: { topic, jinja: call(method, '"value":{{ value | string | tojson }}') } },
      );
    }
  }
}
