import { NAMES_DEVICE } from "./devices";
import type { Field } from "./shape";

/** When and as which message something was said, not what. */
const BOOKKEEPING = new Set(
  "id uid ts lc time timestamp datetime date epoch seq version fw firmware model protocol channel unit".split(" "),
);
const TELLS_WHEN =
  /(?:^|[_-])(?:t|at|when|time|seen|changed?|updated?|since)$|[a-z](?:At|Time|Seen|Changed?|Updated?|Since)$/;
export const isBookkeeping = ({ key, number }: Field): boolean => {
  const lower = key.toLowerCase();
  if (
    BOOKKEEPING.has(lower) ||
    NAMES_DEVICE.test(key) ||
    /((^|[_-])(id|timestamp)|\did)$/.test(lower) ||
    /[a-z]Id$/.test(key)
  )
    return true;
  // "t" may be a temperature, unless it counts seconds or milliseconds since 1970 (2001 to 2065).
  return number !== undefined && TELLS_WHEN.test(key) && (between(number, 1e9, 3e9) || between(number, 1e12, 3e12));
};
const between = (n: number, from: number, to: number): boolean => n >= from && n <= to;
