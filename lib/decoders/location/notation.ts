/** A place on Earth: WGS 84 degrees, metres of uncertainty where they are known. */
export interface Place {
  lat: number;
  lon: number;
  /** Radius in metres. */
  accuracy?: number;
}

/** As a `geo:` URI (RFC 5870), which is the value of its point. */
export const writePlace = ({ lat, lon, accuracy }: Place): string =>
  `geo:${short(lat)},${short(lon)}${accuracy === undefined ? "" : `;u=${short(accuracy)}`}`;

/** Seven decimals are a centimetre; never an exponent. */
const short = (n: number): string => (String(Number(n.toFixed(7))).includes("e") ? "0" : String(Number(n.toFixed(7))));

const NUMBER = "(-?\\d+(?:\\.\\d+)?)";
const GEO = new RegExp(`^geo:${NUMBER},${NUMBER}(?:,${NUMBER})?((?:;[^;]*)*)$`, "i");

/** Longer than any place that is written by hand or by a device. */
const LONGEST = 500;

/** Undefined: the text is no place. An altitude is passed over; a coordinate system other than WGS 84 is not known here. */
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
