import { dropUndefined } from "../../dropUndefined";
import { boundedMap, type Convention } from "../convention";
import { get, type JsonObject, textOf } from "../message";
import { jsonPath, single } from "../proposals";

/**
 * Fully Kiosk Browser (https://www.fully-kiosk.com/en/#mqtt): `fully/deviceInfo/<device id>` with one JSON of all that it knows, each
 * minute. It takes no commands by MQTT.
 */
export const fullykiosk: Convention = {
  id: "fullykiosk",
  label: "Fully Kiosk Browser",
  filters: ["fully/deviceInfo/+"],
  shapes: ["+/deviceInfo/+", "+/+/deviceInfo/+"],
  create(book, ask) {
    const asked = boundedMap<true>(200);
    return (message) => {
      const json = message.object();
      const id = textOf(get(json, "deviceID") ?? get(json, "deviceId"), 100);
      if (!json || id === undefined || !OWN.every((member) => Object.hasOwn(json, member))) return;
      const prefix = message.levels.slice(0, -1).join("/");
      if (prefix !== "fully/deviceInfo" && !asked.get(prefix)) {
        asked.set(prefix, true);
        ask(`${prefix}/+`);
      }
      const facts = dropUndefined({
        name: textOf(get(json, "deviceName")) ?? `Fully Kiosk ${id}`,
        maker: textOf(get(json, "deviceManufacturer")),
        model: textOf(get(json, "deviceModel")),
      });
      if (!book.device(id, facts)) return;
      for (const row of MEMBERS) if (isOf(json, row)) book.entity(id, entityOf(message.topic, row));
    };
  },
};

/** Members that every version sends, and hardly another program. */
const OWN = ["batteryLevel", "screenBrightness", "kioskMode"];

interface Member {
  member: string;
  name: string;
  type: "number" | "boolean" | "text";
  unit?: string;
  diagnostic?: boolean;
}

/** Versions call some of them differently. */
const MEMBERS: readonly Member[] = [
  { member: "batteryLevel", name: "Battery", type: "number", unit: "%" },
  { member: "isPlugged", name: "Plugged in", type: "boolean" },
  { member: "screenOn", name: "Screen", type: "boolean" },
  { member: "isScreenOn", name: "Screen", type: "boolean" },
  { member: "screenBrightness", name: "Screen brightness", type: "number" },
  { member: "currentPage", name: "Current page", type: "text" },
  { member: "currentPageUrl", name: "Current page", type: "text" },
  { member: "foregroundApp", name: "Foreground app", type: "text", diagnostic: true },
  { member: "isInScreensaver", name: "Screensaver", type: "boolean" },
  { member: "kioskMode", name: "Kiosk mode", type: "boolean", diagnostic: true },
  { member: "kioskLocked", name: "Kiosk locked", type: "boolean", diagnostic: true },
  { member: "maintenanceMode", name: "Maintenance mode", type: "boolean", diagnostic: true },
  { member: "isInForcedSleep", name: "Forced sleep", type: "boolean", diagnostic: true },
  { member: "wifiSignalLevel", name: "Wi-Fi signal level", type: "number", diagnostic: true },
  { member: "appVersionName", name: "App version", type: "text", diagnostic: true },
  { member: "internalStorageFreeSpace", name: "Free storage", type: "number", unit: "B", diagnostic: true },
  { member: "internalStorageTotalSpace", name: "Total storage", type: "number", unit: "B", diagnostic: true },
  { member: "ramFreeMemory", name: "Free memory", type: "number", unit: "B", diagnostic: true },
  { member: "ramTotalMemory", name: "Total memory", type: "number", unit: "B", diagnostic: true },
];

const isOf = (json: JsonObject, { member, type }: Member): boolean =>
  typeof get(json, member) === (type === "text" ? "string" : type);

const entityOf = (topic: string, { member, name, type, unit, diagnostic }: Member) =>
  single(
    dropUndefined({
      key: member,
      name,
      kind: type === "boolean" ? ("binary_sensor" as const) : ("sensor" as const),
      category: diagnostic ? ("diagnostic" as const) : undefined,
    }),
    dropUndefined({ filter: topic, value: jsonPath(member), type, unit, partial: true }),
  );
