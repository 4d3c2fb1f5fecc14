import { type SaidText, say } from "./texts/said";

/**
 * The fence against foreign pages (CSRF) and DNS rebinding, one rule for HTTP and for the socket handshake (rules AC-1 and AC-2).
 *
 * - `mutation`, `handshake`: the Origin must be the configured public URL's. While none is configured it must match the Host,
 *   and the Host must be one that no stranger's DNS can point at us: loopback, an IP literal or a `.local` name.
 * - `read`: no Origin is needed, the Host is judged alike; the public URL's own host passes too.
 */
export interface OriginQuestion {
  kind: "read" | "mutation" | "handshake";
  /** The Origin header as sent; a browser writes `null` for sandboxed and opaque pages. */
  origin: string | null | undefined;
  /** The Host header as sent. */
  host: string | null | undefined;
  /** TELLTALE_PUBLIC_URL. */
  publicUrl: string | undefined;
}

/** Why not, for people and for machines. `undefined`: let in. */
export type OriginFault = { code: "host" | "origin-missing" | "origin-foreign"; message: SaidText };

export function originFault({ kind, origin, host, publicUrl }: OriginQuestion): OriginFault | undefined {
  if (kind === "read") {
    return hostAllowed({ host, publicUrl }) ? undefined : hostFault(host);
  }
  if (!origin || origin === "null") {
    return { code: "origin-missing", message: say("problem.originMissing") };
  }
  if (publicUrl !== undefined) {
    return parseOrigin(origin)?.origin === parseOrigin(publicUrl)?.origin ? undefined : foreign(origin, publicUrl);
  }
  if (!hostAllowed({ host, publicUrl })) return hostFault(host);
  const from = parseOrigin(origin);
  // The scheme decides which port is left unsaid, so the Host is read with the Origin's.
  const here = from && parseHost(host, from.protocol);
  return from && here && from.host === here.host ? undefined : foreign(origin, host ?? "");
}

/** Whether a request may be addressed to this host at all. */
export function hostAllowed({ host, publicUrl }: Pick<OriginQuestion, "host" | "publicUrl">): boolean {
  const here = parseHost(host, "http:");
  if (!here) return false;
  if (publicUrl !== undefined) {
    const home = parseOrigin(publicUrl);
    if (home && parseHost(host, home.protocol)?.host === home.host) return true;
  }
  return isLocalName(here.hostname);
}

/** Loopback, an IP literal or a `.local` name: names that a stranger's DNS cannot answer for. */
function isLocalName(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, "");
  return (
    name === "localhost" ||
    name.endsWith(".localhost") ||
    name.endsWith(".local") ||
    name.startsWith("[") ||
    /^\d{1,3}(\.\d{1,3}){3}$/.test(name)
  );
}

const foreign = (origin: string, home: string): OriginFault => ({
  code: "origin-foreign",
  message: say("problem.originForeign", { origin: clip(origin), home: clip(home) }),
});

const hostFault = (host: string | null | undefined): OriginFault => ({
  code: "host",
  message: say("problem.otherHost", { host: clip(host ?? "") }),
});

const clip = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

function parseOrigin(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === "http:" || url.protocol === "https:" ? url : undefined;
}

/** A Host header is a name and a port; anything more (a path, a login) is a trick. */
function parseHost(host: string | null | undefined, protocol: string): URL | undefined {
  if (!host || /[/\\@?#\s]/.test(host) || !URL.canParse(`${protocol}//${host}`)) return undefined;
  return new URL(`${protocol}//${host}`);
}
