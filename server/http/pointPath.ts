import { allContracts } from "../../lib/api/contracts";

const PREFIX = "/api/v1/points/";
const OF_A_POINT = "/points/{id}/";

/** What stands behind the id in the routes of one point, as segments: `history`, `commands/{command}/dismiss`. The longest first. */
const ENDS: readonly string[][] = allContracts
  .flatMap(({ path }) => (path.startsWith(OF_A_POINT) ? [path.slice(OF_A_POINT.length).split("/")] : []))
  .sort((a, b) => b.length - a.length);

/** How many of the last segments are the route's. At least one is the point's. */
function endOf(segments: readonly string[]): number {
  const fits = (end: readonly string[]) =>
    segments.length > end.length &&
    end.every((part, i) => part.startsWith("{") || part === segments[segments.length - end.length + i]);
  return ENDS.find(fits)?.length ?? 0;
}

/**
 * A point's id holds slashes, written as they are or as %2F. Both become one path segment, so that the router sees one id:
 * `/points/climate/north.t/history` → `/points/climate%2Fnorth.t/history`.
 * Last raw segments that are a route's are that; a point whose own last level is called so is reached with %2F.
 * @param url path and query as received. Answers it unchanged where it is another's, undefined where the escapes are broken.
 */
export function canonicalPointPath(url: string): string | undefined {
  const queryAt = url.indexOf("?");
  const path = queryAt === -1 ? url : url.slice(0, queryAt);
  if (!path.startsWith(PREFIX)) return url;
  const segments = path.slice(PREFIX.length).split("/");
  const end = segments.splice(segments.length - endOf(segments)).map((segment) => `/${segment}`);
  try {
    const id = segments.map(decodeURIComponent).join("/");
    return `${PREFIX}${encodeURIComponent(id)}${end.join("")}${queryAt === -1 ? "" : url.slice(queryAt)}`;
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
