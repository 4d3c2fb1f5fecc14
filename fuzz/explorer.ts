import { MAX_PAYLOAD_BYTES } from "../lib/decoders/decoder";
import { indentJson } from "../lib/explorer/indent";
import { hexLines, payloadAsText, rowText, visibleText } from "../lib/explorer/payload";
import { proposeRegistrations } from "../lib/explorer/propose";
import { shapeOf } from "../lib/explorer/shape";
import { formatValue, parseEntered } from "../lib/units/format";
import { PAYLOADS, TEXTS } from "./shapes";
import type { Target } from "./target";

const bytes = { shapes: PAYLOADS, limit: MAX_PAYLOAD_BYTES };
const text = { shapes: TEXTS, limit: MAX_PAYLOAD_BYTES };

/** What the explorer makes of a payload, on the server and in an admin's browser. */
export const explorerTargets = (): Target<never>[] =>
  [
    { ...bytes, name: "explorer: shape", read: (payload: Uint8Array) => shapeOf(payload) },
    {
      ...bytes,
      name: "explorer: proposals",
      read: (payload: Uint8Array) =>
        proposeRegistrations(
          "plant/line/1",
          [payload],
          ["plant/line/2", "plant/line/name", "plant/line/1/unit", "plant/name"].map((topic) => ({
            topic,
            head: payload.subarray(0, 4096),
            bytes: Math.min(payload.length, 4096),
          })),
        ),
    },
    {
      ...bytes,
      name: "explorer: row",
      read: (payload: Uint8Array) => rowText(payload.subarray(0, 4096), payload.length),
    },
    { ...bytes, name: "explorer: bytes", read: (payload: Uint8Array) => hexLines(payload) },
    { ...bytes, name: "explorer: text", read: (payload: Uint8Array) => payloadAsText(payload) },
    // A page shows it in parts; the whole is made once, when a person asks for it.
    {
      ...text,
      name: "explorer: visible text",
      limit: 64 * 1024,
      read: (payload: string) => visibleText(payload, true),
    },
    { ...text, name: "explorer: indented JSON", limit: 64 * 1024, read: (payload: string) => indentJson(payload) },
    {
      ...text,
      name: "a value as people read it",
      limit: 16_384,
      read: (value: string) => formatValue(value, { unit: "°C" }),
    },
    { ...text, name: "a number as people type it", limit: 4096, read: (typed: string) => parseEntered(typed, "de") },
  ] as unknown as Target<never>[];
