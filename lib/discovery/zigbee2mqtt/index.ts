import type { Convention } from "../convention";
import { get, type JsonObject, listOf, objectOf, textOf } from "../message";
import { tidy } from "../proposals";
import { entitiesOf } from "./exposes";

/** A list of a hundred devices with their definitions is far larger than an ordinary payload. */
const MAX_LIST = 8 * 1024 * 1024;

/**
 * Zigbee2MQTT's own words (https://www.zigbee2mqtt.io/guide/usage/exposes.html): `<base>/bridge/devices` lists every device with what it
 * exposes; states are JSON on `<base>/<name>`, commands on `<base>/<name>/set`. The bridge's own state overrules a device's.
 */
export const zigbee2mqtt: Convention = {
  id: "zigbee2mqtt",
  label: "Zigbee2MQTT",
  filters: ["+/bridge/devices", "+/+/bridge/devices"],
  create(book) {
    return (message) => {
      const base = message.levels.slice(0, -2).join("/");
      const list = message.json(MAX_LIST);
      if (!Array.isArray(list)) {
        book.refuse();
        return;
      }
      const present = new Set<string>();
      for (const item of list) {
        const device = objectOf(item);
        const address = textOf(get(device, "ieee_address"));
        const name = textOf(get(device, "friendly_name"));
        if (!device || !address || !name) {
          book.refuse();
          continue;
        }
        const key = `${base}/${address}`;
        present.add(key);
        announce(base, key, name, device);
      }
      for (const { key } of [...book.devices()])
        if (key.startsWith(`${base}/`) && !present.has(key))
          book.withdraw(key, undefined, "Zigbee2MQTT no longer lists it");
    };

    function announce(base: string, key: string, name: string, device: JsonObject): void {
      const definition = objectOf(get(device, "definition"));
      // The coordinator, what is disabled, and what Zigbee2MQTT itself does not know has nothing to show.
      if (device.disabled === true) book.withdraw(key, undefined, "it is disabled in Zigbee2MQTT");
      if (!definition || device.type === "Coordinator" || device.disabled === true) return;
      const facts = tidy({
        name,
        maker: textOf(get(definition, "vendor")) ?? textOf(get(device, "manufacturer")),
        model: textOf(get(definition, "description")) ?? textOf(get(definition, "model")),
      });
      if (!book.device(key, facts)) return;
      const before = book.get(key)?.entities ?? [];
      const kept = new Set<string>();
      for (const entity of entitiesOf(`${base}/${name}`, `${base}/bridge/state`, listOf(get(definition, "exposes")))) {
        book.entity(key, entity);
        kept.add(entity.key);
      }
      for (const entity of before)
        if (!kept.has(entity.key)) book.withdraw(key, entity.key, "Zigbee2MQTT no longer exposes it");
    }
  },
};
