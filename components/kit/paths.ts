export const dashboardPath = (slug: string): string => `/d/${encodeURIComponent(slug)}`;

/**
 * The path of a point's page. The id keeps its slashes, except where it has empty or dot levels: browsers remove those (RFC 3986, 5.2.4),
 * so such an id is escaped as one segment.
 */
export function pointPath(id: string): string {
  const levels = id.split("/");
  const folds = levels.some((level) => level === "" || level === "." || level === "..");
  return `/p/${folds ? encodeURIComponent(id) : levels.map(encodeURIComponent).join("/")}`;
}

/** The point's id from the path of its page, with or without a query; undefined if its escapes are invalid. */
export function pointOfPath(path: string): string | undefined {
  const [, id] = /^\/p\/([^?#]*)/.exec(path) ?? [];
  try {
    // Decoded only once, since an id may contain a %.
    return id?.split("/").map(decodeURIComponent).join("/");
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
