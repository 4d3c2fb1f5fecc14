import { err, ok } from "../../result";
import { say } from "../../texts/said";
import { textOf } from "../decoder";
import type { PlainFormat } from "../format";
import { parseJson } from "../jsonText";
import { fieldsOf, ruuviData } from "./advertisement";

/**
 * Ruuvi Gateway's message of one advertisement (https://docs.ruuvi.com/ruuvi-gateway-firmware/data-formats/mqtt-time-stamped-data-from-bluetooth-sensors):
 * JSON with the bytes in hexadecimal digits in `data`. Gives the readings in °C, %, hPa, g, V, dBm, µg/m³, ppm and lx, with the gateway's
 * `rssi` and the `time` of reception where it knows it.
 */
export const ruuvi: PlainFormat = {
  id: "ruuvi",
  label: "formats.ruuvi",
  reads:
    "Ruuvi Gateway's JSON of a RuuviTag's or Ruuvi Air's advertisement (data formats 5 and 6), as `temperature`, `humidity`, `pressure`, …",
  type: undefined,
  structured: true,
  skipsOthers: true,
  decode(payload) {
    const none = err({ code: "not-format" as const, message: say("reject.notRuuvi") });
    const text = textOf(payload);
    if (!text.ok) return text;
    // Other senders' long messages are not parsed for nothing.
    if (payload.length > MAX_BYTES) return none;
    const json = parseJson(text.value);
    const whole = json.ok ? json.value : null;
    if (typeof whole !== "object" || whole === null || Array.isArray(whole)) return none;
    const hex = Object.hasOwn(whole, "data") ? whole.data : undefined;
    const data = typeof hex === "string" ? ruuviData(hex) : undefined;
    const fields = data && fieldsOf(data);
    if (!fields) return none;
    const time = Number(Object.hasOwn(whole, "ts") ? whole.ts : Number.NaN);
    return ok({
      ...fields,
      ...(typeof whole.rssi === "number" && { rssi: whole.rssi }),
      ...(Number.isFinite(time) && time > 1e9 && { time }),
    });
  },
  encode: () => null,
  isLikely: (payload) => payload[0] === 0x7b && payload.length < MAX_BYTES && ruuvi.decode(payload).ok,
};

const MAX_BYTES = 4096;
