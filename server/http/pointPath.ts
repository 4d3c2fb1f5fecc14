const PREFIX = "/api/v1/points/";
const ENDS = new Set(["history", "readings", "message", "image", "commands"]);

/** How many of the last segments are the endpoint's: `commands`, or `commands/<id>/dismiss`. At least one is the point's. */
function endOf(segments: readonly string[]): number {
  if (segments.length > 3 && segments.at(-1) === "dismiss" && segments.at(-3) === "commands") return 3;
  return segments.length > 1 && ENDS.has(segments.at(-1) as string) ? 1 : 0;
}

/**
 * A point's id holds slashes, written as they are or as %2F. Both become one path segment, so that the router sees one id:
 * `/points/climate/north.t/history` → `/points/climate%2Fnorth.t/history`.
 * Last raw segments that are an endpoint's are that; a point whose own last level is called so is reached with %2F.
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
