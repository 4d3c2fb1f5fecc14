/** A place on Earth, in degrees of WGS 84. */
export interface Place {
  lat: number;
  lon: number;
  /** Radius of uncertainty in metres, where it is known. */
  accuracy?: number;
}

/** A place as a `geo:` URI (RFC 5870), which is its point's value. */
export const writePlace = ({ lat, lon, accuracy }: Place): string =>
  `geo:${short(lat)},${short(lon)}${accuracy === undefined ? "" : `;u=${short(accuracy)}`}`;

/** Seven decimals are a centimetre; never an exponent. */
const short = (n: number): string => (String(Number(n.toFixed(7))).includes("e") ? "0" : String(Number(n.toFixed(7))));

const NUMBER = "(-?\\d+(?:\\.\\d+)?)";
const GEO = new RegExp(`^geo:${NUMBER},${NUMBER}(?:,${NUMBER})?((?:;[^;]*)*)$`, "i");

/** No person and no device writes a longer one. */
const LONGEST = 500;

/** Undefined if the text is not a place in WGS 84. An altitude is ignored. */
export function readPlace(text: unknown): Place | undefined {
  const found = typeof text === "string" && text.length <= LONGEST ? GEO.exec(text.trim()) : null;
  if (!found) return undefined;
  const lat = Number(found[1]);
  const lon = Number(found[2]);
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return undefined;
  const parameters = (found[4] ?? "").toLowerCase();
  const crs = /;crs=([^;]*)/.exec(parameters)?.[1];
  if (crs !== undefined && crs !== "wgs84") return undefined;
  const u = /;u=(\d+(?:\.\d+)?)(?:;|$)/.exec(parameters)?.[1];
  return u === undefined ? { lat, lon } : { lat, lon, accuracy: Number(u) };
}
