import type { Json } from "../../decoders/decoder";
import type { Book } from "../book";
import type { Convention } from "../convention";
import type { FoundEntity, Proposal } from "../found";
import { type Leaf, leavesOf, likelyUnit, typeOfSample } from "../infer";
import { get, type JsonObject, listOf, type Message, objectOf, shapeOf, textOf } from "../message";
import { jsonPath, single, tidy, titled } from "../proposals";

/**
 * LoRaWAN servers: ChirpStack v4 (`application/<id>/device/<eui>/event/up`, decoded in `object`) and The Things Stack v3
 * (`v3/<app>@<tenant>/devices/<id>/up`, decoded in `uplink_message.decoded_payload`). What a device measures is known by its uplinks.
 */
export const lorawan: Convention = {
  id: "lorawan",
  label: "LoRaWAN (ChirpStack, The Things Stack)",
  filters: ["application/+/device/+/event/+", "v3/+/devices/+/up"],
  repeats(message) {
    const info = objectOf(get(message.object(), "deviceInfo"));
    return `${message.topic} ${textOf(get(info, "deviceName"))} ${textOf(get(info, "deviceProfileName"))} ${shapeOf(message.json(), 5)}`;
  },
  create(book) {
    return (message) => {
      const json = message.object();
      if (!json) return;
      if (message.levels[0] === "v3") thingsStack(book, message, json);
      else chirpstack(book, message, json);
    };
  },
};

function chirpstack(book: Book, message: Message, json: JsonObject): void {
  const eui = message.levels[3] ?? "";
  const info = objectOf(get(json, "deviceInfo"));
  const name = textOf(get(info, "deviceName"));
  if (name === undefined) return;
  const model = textOf(get(info, "deviceProfileName"));
  if (!book.device(eui, tidy({ name, model }))) return;
  const kind = message.levels[5];
  if (kind === "status") {
    const place: Proposal = { filter: message.topic, partial: true, type: "number" };
    if (get(json, "batteryLevel") !== undefined)
      book.entity(
        eui,
        single(
          { key: "status.battery", name: "Battery level", kind: "sensor", category: "diagnostic" },
          { ...place, value: "$.batteryLevel", unit: "%" },
        ),
      );
    if (get(json, "margin") !== undefined)
      book.entity(
        eui,
        single(
          { key: "status.margin", name: "Link margin", kind: "sensor", category: "diagnostic" },
          { ...place, value: "$.margin", unit: "dB" },
        ),
      );
  }
  if (kind !== "up") return;
  measured(book, eui, message.topic, ["object"], get(json, "object"));
  heard(book, eui, message.topic, ["rxInfo"], get(json, "rxInfo"));
}

function thingsStack(book: Book, message: Message, json: JsonObject): void {
  const [, app = "", , id = ""] = message.levels;
  const key = `${app}/${id}`;
  const uplink = objectOf(get(json, "uplink_message"));
  const ids = objectOf(get(json, "end_device_ids"));
  if (!uplink) return;
  const versions = objectOf(get(uplink, "version_ids"));
  const facts = tidy({
    name: textOf(get(ids, "device_id")) ?? id,
    maker: textOf(get(versions, "brand_id")),
    model: textOf(get(versions, "model_id")),
  });
  if (!book.device(key, facts)) return;
  measured(book, key, message.topic, ["uplink_message", "decoded_payload"], get(uplink, "decoded_payload"));
  heard(book, key, message.topic, ["uplink_message", "rx_metadata"], get(uplink, "rx_metadata"));
}

function measured(
  book: Book,
  device: string,
  filter: string,
  within: readonly string[],
  object: Json | undefined,
): void {
  if (object === undefined) return;
  for (const leaf of leavesOf(object)) book.entity(device, entityOf(filter, within, leaf));
}

function entityOf(filter: string, within: readonly string[], { path, value, unit, name }: Leaf): FoundEntity {
  const keys = path.filter((step) => typeof step === "string" && step !== "value");
  const key = String(keys.at(-1) ?? path.at(-1));
  const type = typeOfSample(value);
  return single(
    {
      key: path.join("."),
      name:
        name ??
        path
          .filter((step) => step !== "value")
          .map((step) => (typeof step === "number" ? String(step + 1) : titled(step)))
          .join(" "),
      kind: type === "boolean" ? "binary_sensor" : "sensor",
    },
    tidy({
      filter,
      value: jsonPath(...within, ...path),
      partial: true,
      type: type === undefined && typeof value === "string" ? ("text" as const) : type,
      unit: typeof value === "number" ? (unit ?? likelyUnit(key, value)) : undefined,
    }),
  );
}

/** How the first gateway heard it. */
function heard(book: Book, device: string, filter: string, within: readonly string[], list: Json | undefined): void {
  const first = objectOf(listOf(list)[0]);
  for (const [member, name, unit] of [
    ["rssi", "RSSI", "dBm"],
    ["snr", "SNR", "dB"],
  ] as const)
    if (typeof get(first, member) === "number")
      book.entity(
        device,
        single(
          { key: `radio.${member}`, name, kind: "sensor", category: "diagnostic" },
          { filter, value: jsonPath(...within, 0, member), partial: true, type: "number", unit },
        ),
      );
}
