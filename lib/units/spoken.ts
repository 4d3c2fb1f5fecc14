import { readPicture } from "../decoders/image/notation";
import { readPlace } from "../decoders/location/notation";
import { t } from "../texts/t";

const degrees = (value: number): string => `${Math.abs(value).toFixed(5)}°`;

/** A text value as people read it: a picture by its size, a place by its degrees; anything else as it is. */
export function spokenText(text: string): string {
  if (text.startsWith("image/")) {
    const picture = readPicture(text);
    if (picture) return t("kit.picture", { width: picture.width, height: picture.height });
  }
  if (text.startsWith("geo:")) {
    const place = readPlace(text);
    if (place)
      return t("kit.place", {
        lat: degrees(place.lat),
        ns: place.lat < 0 ? "south" : "north",
        lon: degrees(place.lon),
        ew: place.lon < 0 ? "west" : "east",
      });
  }
  return text;
}
