import type { Reject } from "../../reading";
import { err, ok, type Result } from "../../result";
import { type SaidText, say } from "../../texts/said";
import { type Json, textOf } from "../decoder";
import type { PlainFormat } from "../format";
import { parseJson } from "../jsonText";
import { type Place, readPlace, writePlace } from "./notation";

/**
 * A position: OwnTracks (`_type: location`), GeoJSON points, `{lat, lon}` under the names that devices use (also within `gps`,
 * `position`, `location`, …), "lat,lon" as text, and `geo:` URIs. The value is a `geo:` URI (RFC 5870).
 */
export const location: PlainFormat = {
  id: "location",
  label: "formats.location",
  reads: "a place, for the map tile: OwnTracks, GeoJSON, `{lat, lon}` in many spellings, `52.5, 13.4`, `geo:`",
  type: "text",
  structured: false,
  holds: "place",
  // OwnTracks sends other messages on the same topic.
  skipsOthers: true,
  proposes: { kind: "place", nameSuffix: " place", alone: false },
  decode(payload) {
    const text = textOf(payload);
    if (!text.ok) return text;
    const plain = readPlace(text.value) ?? readPair(text.value);
    if (plain) return checked(plain);
    const document = parseJson(text.value);
    if (!document.ok) return refuse(say("reject.notPlace"));
    const place = placeIn(document.value, 0);
    if (place === undefined) return refuse(absent(document.value));
    return place === NO_FIX ? ok(null) : checked(place);
  },
  document(payload) {
    const text = textOf(payload);
    const json = text.ok ? parseJson(text.value) : text;
    return json.ok ? json : text;
  },
  encode: () => null,
};

const NO_FIX = Symbol("the device reports no position");
const refuse = (message: SaidText): Result<never, Reject> => err({ code: "not-format", message });

const LAT = ["lat", "latitude", "Latitude", "Lat", "LAT"] as const;
const LON = ["lon", "lng", "long", "longitude", "Longitude", "Lon", "Lng", "LON"] as const;
const ACCURACY = ["acc", "accuracy", "gps_accuracy", "hdop_m", "horizontalAccuracy"] as const;
const WITHIN = ["location", "position", "gps", "GPS", "coords", "coordinates", "geo", "fix", "payload", "attributes"];
const DEEPEST = 3;

const PAIR = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/;
/** A pair has about twenty characters. The limit keeps PAIR fast, which is quadratic in the number of spaces around the comma. */
const LONGEST_PAIR = 100;
function readPair(text: string): Place | undefined {
  const found = text.length > LONGEST_PAIR ? null : PAIR.exec(text);
  return found ? { lat: Number(found[1]), lon: Number(found[2]) } : undefined;
}

function checked(place: Place): Result<Json, Reject> {
  const { lat, lon, accuracy } = place;
  if (!(Math.abs(lat) <= 90)) return refuse(say("reject.latitude", { degrees: lat }));
  if (!(Math.abs(lon) <= 180)) return refuse(say("reject.longitude", { degrees: lon }));
  return ok(writePlace(accuracy !== undefined && accuracy >= 0 && accuracy < 1e7 ? place : { lat, lon }));
}

type JsonObject = { [key: string]: Json };
const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === "object" && json !== null && !Array.isArray(json);

function placeIn(json: Json, depth: number): Place | typeof NO_FIX | undefined {
  if (!isObject(json)) return undefined;
  // The coordinates in OwnTracks' transitions and waypoints are not the phone's position.
  if (typeof json._type === "string" && json._type !== "location") return undefined;
  if (json.type === "Feature") return isObject(json.geometry) ? placeIn(json.geometry, depth + 1) : undefined;
  if (json.type === "Point" && Array.isArray(json.coordinates)) {
    // RFC 7946, 3.1.1: longitude first.
    const [lon, lat] = json.coordinates;
    return typeof lon === "number" && typeof lat === "number" ? { lat, lon } : undefined;
  }
  const lat = numberOf(json, LAT);
  const lon = numberOf(json, LON);
  if (lat !== undefined && lon !== undefined) {
    if (json.fix === false || json.fix === 0 || json.valid === false) return NO_FIX;
    const accuracy = numberOf(json, ACCURACY);
    return accuracy === undefined ? { lat, lon } : { lat, lon, accuracy };
  }
  if (LAT.some((key) => json[key] === null) && LON.some((key) => json[key] === null)) return NO_FIX;
  if (depth >= DEEPEST) return undefined;
  for (const key of WITHIN) {
    const inner = Object.hasOwn(json, key) ? placeIn(json[key] as Json, depth + 1) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** Some devices send degrees as text. */
function numberOf(json: JsonObject, keys: readonly string[]): number | undefined {
  for (const key of keys) {
    const said = Object.hasOwn(json, key) ? json[key] : undefined;
    if (typeof said === "number") return said;
    if (typeof said === "string" && /^-?\d+(\.\d+)?$/.test(said.trim())) return Number(said);
  }
  return undefined;
}

function absent(json: Json): SaidText {
  if (isObject(json) && typeof json._type === "string" && json._type !== "location")
    return say("reject.otherOwnTracks", { type: json._type.slice(0, 40) });
  return say("reject.noPlace");
}
