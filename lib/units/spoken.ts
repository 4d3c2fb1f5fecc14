import { readPicture } from "../decoders/image/notation";
import { readPlace } from "../decoders/location/notation";

/** 47.55012° N. */
function degrees(value: number, positive: string, negative: string): string {
  return `${Math.abs(value).toFixed(5)}° ${value < 0 ? negative : positive}`;
}

/** A text value as people read it: a picture by its size, a place by its degrees; anything else as it is. */
export function spokenText(text: string): string {
  if (text.startsWith("image/")) {
    const picture = readPicture(text);
    if (picture) return `Picture, ${picture.width} × ${picture.height}`;
  }
  if (text.startsWith("geo:")) {
    const place = readPlace(text);
    if (place) return `${degrees(place.lat, "N", "S")}, ${degrees(place.lon, "E", "W")}`;
  }
  return text;
}
