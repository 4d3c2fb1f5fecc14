export const dashboardPath = (slug: string): string => `/d/${encodeURIComponent(slug)}`;

/**
 * A point's own page. Its id keeps its slashes where a browser leaves them alone; levels that are empty or dots would be folded away
 * (RFC 3986 5.2.4), so such an id is one escaped segment.
 */
export function pointPath(id: string): string {
  const levels = id.split("/");
  const folds = levels.some((level) => level === "" || level === "." || level === "..");
  return `/p/${folds ? encodeURIComponent(id) : levels.map(encodeURIComponent).join("/")}`;
}

/** The id in the path of a point's page, as the browser asked for it (a query may follow); undefined where its escapes are broken. */
export function pointOfPath(path: string): string | undefined {
  const [, id] = /^\/p\/([^?#]*)/.exec(path) ?? [];
  try {
    // Decoded once: a % in an id is a %.
    return id?.split("/").map(decodeURIComponent).join("/");
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
