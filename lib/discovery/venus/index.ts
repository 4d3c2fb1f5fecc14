import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedEntity, Proposal } from "../announced";
import type { Book } from "../book";
import { boundedMap, type Convention } from "../convention";
import { get, type Message, numberOf, shapeOf, textOf } from "../message";
import { single, titled } from "../proposals";
import { listedBatteries, shapeOfBatteries } from "./batteries";
import { createOutputs, isOutput } from "./outputs";
import { isDiagnostic, isShown, nameOf, settableAs, unitOf } from "./paths";

/**
 * Victron Venus OS (https://github.com/victronenergy/dbus-flashmq): `N/<portal>/<service>/<instance>/<path>` with `{"value": …}`; commands
 * go to `W/…`. It stops sending unless `R/<portal>/keepalive` is published at least once a minute.
 */
export const venus: Convention = {
  id: "venus",
  label: "Victron Venus OS",
  filters: ["N/+/+/+/#"],
  keepAlive: ({ key }) => ({ topic: `R/${key.split("/")[0]}/keepalive`, payload: "", everyMs: 30_000 }),
  repeats(message) {
    if (/(Name|\/Model)$|\/Settings\/[^/]+$/.test(message.topic)) return undefined;
    if (BATTERIES.test(message.topic)) {
      const json = message.object();
      return json && `${message.topic} ${shapeOfBatteries(json)}`;
    }
    return `${message.topic} ${shapeOf(message.json(), 1)}`;
  },
  create(book) {
    const names = boundedMap<Names>(5000);
    const outputs = createOutputs();
    return (message) => {
      const [, portal = "", service = "", instance = "", ...rest] = message.levels;
      const path = rest.join("/");
      const json = message.object();
      if (!json || !Object.hasOwn(json, "value") || path === "") return;
      const key = `${portal}/${service}/${instance}`;
      if (path === "CustomName" || path === "ProductName")
        return learn(book, names, key, path === "CustomName" ? "own" : "product", textOf(get(json, "value")));
      // The gateway's model is published by another service than `system`, which stands for the gateway.
      if (service === "platform" && path === "Device/Model")
        return learn(book, names, `${portal}/system/0`, "product", textOf(get(json, "value")));
      if (isOutput(path)) {
        const found = outputs(key, path, json);
        if (found.length > 0 && !book.has(key)) learn(book, names, key, undefined, undefined);
        for (const entity of found) book.entity(key, entity);
        return;
      }
      if (service === "system" && path === "Batteries") {
        for (const { instance, name, entities } of listedBatteries(message.topic, json)) {
          const battery = `${portal}/battery/${instance}`;
          if (entities.length === 0) continue;
          learn(book, names, battery, "listed", name);
          // What the battery says itself is better.
          const there = new Map(book.get(battery)?.entities.map((one) => [one.key, one]));
          for (const entity of entities)
            if (isListed(there.get(entity.key), message.topic)) book.entity(battery, entity);
        }
        return;
      }
      // The only retained message: it tells which portals need a keep-alive.
      const found = service === "system" && path === "Serial";
      if (!found && !isShown(service, path)) return;
      if (!book.has(key)) learn(book, names, key, undefined, undefined);
      const entity = found ? undefined : entityOf(message, service, path);
      if (entity) book.entity(key, entity);
    };
  },
};

const BATTERIES = /^N\/[^/]+\/system\/[^/]+\/Batteries$/;

/** Whether the point is not found yet, or was found in this list. */
const isListed = (entity: AnnouncedEntity | undefined, list: string): boolean =>
  entity === undefined || entity.parts[0]?.registration.filter === list;

interface Names {
  own?: string;
  /** In the list of batteries: the owner's name, or the product's. */
  listed?: string;
  product?: string;
}

/** Learns a name. The owner's name wins over the product's, whichever arrives first. */
function learn(
  book: Book,
  names: { open(key: string, make: () => Names): Names },
  key: string,
  what: keyof Names | undefined,
  name: string | undefined,
): void {
  const known = names.open(key, () => ({}));
  if (what !== undefined && name !== undefined) known[what] = name;
  const [, service = "", instance = ""] = key.split("/");
  if (what !== undefined && what !== "listed" && name === undefined && !book.has(key)) return;
  const place = `${titled(service)} ${instance}`;
  // The device `system` has the gateway's model, but is not named after it.
  const make = known.product ?? (service === "system" ? "Venus OS GX device" : undefined);
  const product = service === "system" ? undefined : known.product;
  book.device(
    key,
    dropUndefined({
      name: known.own ?? known.listed ?? product ?? place,
      maker: "Victron Energy",
      // The service and instance distinguish two devices of the same model.
      model: make === undefined ? undefined : `${make} (${place.toLowerCase()})`,
    }),
  );
}

function entityOf(message: Message, service: string, path: string): AnnouncedEntity | undefined {
  const json = message.object();
  const value = get(json, "value");
  if (typeof value === "object" && value !== null) return undefined;
  const set = settableAs(service, path);
  const onOff = set?.kind === "switch" || BINARY.test(path);
  const unit = onOff ? undefined : unitOf(service, path);
  const write = message.topic.replace(/^N\//, "W/");
  return single(
    dropUndefined({
      key: path,
      name: nameOf(path),
      kind: set?.kind ?? (onOff ? ("binary_sensor" as const) : ("sensor" as const)),
      category: service === "settings" ? ("config" as const) : isDiagnostic(path) ? ("diagnostic" as const) : undefined,
    }),
    dropUndefined({
      filter: message.topic,
      value: "$.value",
      type: onOff
        ? ("boolean" as const)
        : typeof value === "string"
          ? ("text" as const)
          : // No value yet: only a unit or a command tells that it will be a number.
            value === null && unit === undefined && set === undefined
            ? undefined
            : ("number" as const),
      unit,
      payloads: onOff ? { on: "1", off: "0" } : undefined,
      command:
        set?.kind === "switch"
          ? { topic: write, payloads: { on: '{"value":1}', off: '{"value":0}' } }
          : set &&
            dropUndefined({ topic: write, template: '{"value":{{value}}}', step: set.step, ask: set.ask, ...limits() }),
      // There is no availability topic: without messages for some minutes, the gateway is disconnected.
      staleAfter: "3m",
    } satisfies Proposal),
  );

  function limits(): { min?: number; max?: number } {
    const low = numberOf(get(json, "min")) ?? set?.min;
    const told = numberOf(get(json, "max"));
    const high = told !== undefined && told > (low ?? 0) ? told : set?.max;
    return low !== undefined && high !== undefined && low < high ? { min: low, max: high } : {};
  }
}

/** Paths with booleans, sent as 1 and 0. */
const BINARY = /^(Connected|AtSite|Fix|Io\/AllowTo(Charge|Discharge)|DynamicEss\/(Active|Available))$/;
