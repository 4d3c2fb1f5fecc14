import type { BrokerFault } from "../../lib/broker";
import { type Said, say } from "../../lib/texts/said";
import type { PlainKey } from "../../lib/texts/t";
import type { Oversize } from "./packetGuard";

/** What went wrong with a connection, in words that say what to do. Tables from codes to faults; no IO. */

export interface ConnectionFault {
  fault: BrokerFault;
  reason: string;
  /** Another client connected with the same client id. */
  takenOver?: true;
}

/** Where the connection was going, for the words. */
export interface BrokerAddress {
  url: string;
  username?: string | undefined;
}

type Say = (target: { host: string; port: string; scheme: string }) => string;
interface Entry {
  fault: BrokerFault;
  say: Say;
}

const dns: Entry = {
  fault: "dns",
  say: ({ host }) => `No address is known for "${host}": check the spelling, or give its IP address.`,
};
const unreachable: Entry = {
  fault: "timeout",
  say: ({ host }) => `${host} cannot be reached from here: check the network and the address.`,
};
const tls = (text: string): Entry => ({ fault: "tls", say: () => text });
const untrusted = tls(
  "The broker's certificate is not signed by a CA that is trusted here: give the CA's certificate (PEM) in the broker's settings.",
);
const cutTls: Entry = {
  fault: "tls",
  say: ({ host, port }) =>
    `${host}:${port} ended the TLS handshake: is this its TLS port, and does it ask for a client certificate?`,
};

/** Codes of Node's sockets, TLS and DNS. */
const SOCKET: Readonly<Record<string, Entry>> = {
  ENOTFOUND: dns,
  EAI_AGAIN: dns,
  EAI_NODATA: dns,
  EAI_NONAME: dns,
  ECONNREFUSED: {
    fault: "refused",
    say: ({ host, port }) => `${host}:${port} refuses the connection: is the broker running, and is this its port?`,
  },
  ETIMEDOUT: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  EHOSTDOWN: unreachable,
  EPROTO: tls("The TLS handshake failed: is this the broker's TLS port (mqtts, wss), and not the plain one?"),
  ERR_SSL_WRONG_VERSION_NUMBER: tls("The port does not use TLS: use mqtt:// or ws://, or the broker's TLS port."),
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  CERT_UNTRUSTED: untrusted,
  CERT_HAS_EXPIRED: tls("The broker's certificate has expired: renew it there."),
  CERT_NOT_YET_VALID: tls("The broker's certificate is not valid yet: check the clocks here and there."),
  CERT_REVOKED: tls("The broker's certificate was revoked: renew it there."),
  ERR_TLS_CERT_ALTNAME_INVALID: {
    fault: "tls",
    say: ({ host }) =>
      `The broker's certificate is not made out for "${host}": use a name that it lists, or have it renewed.`,
  },
};

const credentials = (text: string): ConnectionFault => ({ fault: "credentials", reason: text });
const WRONG_PASSWORD = credentials("The broker refuses the username or password: correct them in its settings.");

/** CONNACK: return codes of MQTT 3.1.1 §3.2.2.3 and reason codes of MQTT 5 §3.2.2.2. */
const CONNACK: Readonly<Record<number, (target: BrokerAddress) => ConnectionFault>> = {
  1: () => ({ fault: "protocol", reason: "The broker supports neither MQTT 5 nor MQTT 3.1.1." }),
  2: () => ({ fault: "other", reason: "The broker refuses the client id: give another in its settings." }),
  3: () => ({ fault: "refused", reason: "The broker is not available now." }),
  4: () => WRONG_PASSWORD,
  5: notAuthorized,
  132: () => ({ fault: "protocol", reason: "The broker supports neither MQTT 5 nor MQTT 3.1.1." }),
  133: () => ({ fault: "other", reason: "The broker refuses the client id: give another in its settings." }),
  134: () => WRONG_PASSWORD,
  135: notAuthorized,
  136: () => ({ fault: "refused", reason: "The broker is not available now." }),
  137: () => ({ fault: "refused", reason: "The broker is too busy." }),
  138: () => ({ fault: "not-authorized", reason: "The broker has banned this client: ask who runs it." }),
  140: () => credentials("The broker wants another way of signing in than username and password."),
  151: () => ({ fault: "refused", reason: "The broker has no room for another client (quota exceeded)." }),
  156: () => ({ fault: "other", reason: "The broker asks to use another server." }),
  157: () => ({ fault: "other", reason: "The broker has moved: correct its address." }),
  159: () => ({ fault: "refused", reason: "The broker rejects clients that connect too often." }),
};

/** Mosquitto says "not authorized" for a wrong password too, so the words name both. */
function notAuthorized(target: BrokerAddress): ConnectionFault {
  return credentials(
    target.username === undefined
      ? "The broker does not let anyone in without a username and password: give them in its settings."
      : `The broker does not let "${target.username}" in: check username and password.`,
  );
}

/** DISCONNECT sent by the broker, MQTT 5 §3.14.2.1. */
const DISCONNECT: Readonly<Record<number, ConnectionFault>> = {
  129: { fault: "protocol", reason: "The broker closed the connection: malformed packet." },
  130: { fault: "protocol", reason: "The broker closed the connection: protocol error." },
  135: {
    fault: "not-authorized",
    reason: "The broker closed the connection: not authorized. Check what this user may read.",
  },
  139: { fault: "lost", reason: "The broker is shutting down." },
  141: { fault: "lost", reason: "The broker received nothing from Telltale for too long." },
  142: {
    fault: "not-authorized",
    reason: "Another client took over with the same client id: give each Telltale a client id of its own.",
    takenOver: true,
  },
  149: { fault: "protocol", reason: "The broker closed the connection: packet too large." },
  151: { fault: "lost", reason: "The broker closed the connection: quota exceeded." },
  152: { fault: "lost", reason: "The broker's administrator closed the connection." },
};

const inWords = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const codeOf = (error: unknown): string | number | undefined => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" || typeof code === "number" ? code : undefined;
};

function address(url: string): { host: string; port: string; scheme: string } {
  const parsed = new URL(url);
  const usual: Record<string, string> = { "mqtt:": "1883", "mqtts:": "8883", "ws:": "80", "wss:": "443" };
  return {
    host: parsed.hostname.replace(/^\[|\]$/g, ""),
    port: parsed.port || (usual[parsed.protocol] ?? ""),
    scheme: parsed.protocol.slice(0, -1),
  };
}

const isTls = (scheme: string): boolean => scheme === "mqtts" || scheme === "wss";

/** From an error of the socket, of TLS, of the WebSocket handshake or of MQTT.js, met before or after CONNACK. */
export function classifyError(error: unknown, target: BrokerAddress): ConnectionFault {
  const code = codeOf(error);
  const where = address(target.url);
  const text = inWords(error);
  if (typeof code === "number") return classifyConnack(code, target);
  const entry = code === undefined ? undefined : Object.hasOwn(SOCKET, code) ? SOCKET[code] : undefined;
  // A WebSocket frame beyond `maxPayload`.
  if (code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH")
    return {
      fault: "too-large",
      reason: "The broker sent a WebSocket frame larger than Telltale takes, so the connection was closed.",
    };
  if (entry) return { fault: entry.fault, reason: entry.say(where) };
  if (isTls(where.scheme) && (code === "ECONNRESET" || /before secure TLS/.test(text)))
    return { fault: cutTls.fault, reason: cutTls.say(where) };
  if (/PEM|SSL|TLS|certificate|ASN1|asn1/.test(`${code ?? ""} ${text}`))
    return { fault: "tls", reason: `TLS failed (${text}): check CA, certificate and key.` };
  if (code === "ECONNRESET" || code === "EPIPE") return { fault: "lost", reason: "The connection was cut." };
  if (/Unexpected server response: (\d+)/.test(text))
    return {
      fault: "protocol",
      reason: `${where.host}:${where.port} is no MQTT WebSocket (${text}): check port and path, often /mqtt.`,
    };
  if (/websocket|subprotocol|header|frame|packet|qos|length/i.test(text))
    return { fault: "protocol", reason: `${where.host}:${where.port} does not answer with MQTT: ${text}` };
  return { fault: "other", reason: text || "The connection failed." };
}

/** Met on a standing connection, and not the socket's: what MQTT.js cannot read, or what the broker may not say there. */
export const classifyMalformed = (error: unknown): ConnectionFault => ({
  fault: "protocol",
  reason: `The broker sent what MQTT does not allow, so the connection was closed: ${inWords(error)}.`,
});

const mib = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MiB`;

/** A packet that MQTT 3.1.1 cannot refuse, or that a broker sends although MQTT 5 told it not to. */
export const classifyOversize = ({ bytes, topic }: Oversize, maxBytes: number): ConnectionFault => ({
  fault: "too-large",
  reason: `The broker sent ${topic === undefined ? "a packet" : `a message on "${topic}"`} of ${mib(bytes)}, more than the ${mib(maxBytes)} that Telltale takes, so the connection was closed. If it is retained, clear it on the broker.`,
});

export function classifyConnack(code: number, target: BrokerAddress): ConnectionFault {
  const say = CONNACK[code];
  return say ? say(target) : { fault: "other", reason: `The broker refused the connection (code ${code}).` };
}

export const classifyDisconnect = (code: number | undefined): ConnectionFault =>
  DISCONNECT[code ?? 0] ?? { fault: "lost", reason: `The broker closed the connection (code ${code ?? 0}).` };

/** The connection ended and nobody said why. */
export function classifyClose(stage: "dialling" | "waiting" | "up", target: BrokerAddress): ConnectionFault {
  if (stage === "up") return { fault: "lost", reason: "The connection to the broker was lost." };
  const { host, port, scheme } = address(target.url);
  const hint = isTls(scheme) ? "" : " Is it its TLS port (mqtts, wss)?";
  return { fault: "protocol", reason: `${host}:${port} closed the connection without an MQTT answer.${hint}` };
}

export function classifyTimeout(stage: "dialling" | "waiting", ms: number, target: BrokerAddress): ConnectionFault {
  const { host, port } = address(target.url);
  const seconds = Math.round(ms / 1000);
  const reason =
    stage === "dialling"
      ? `No answer from ${host}:${port} within ${seconds} s: check address, port and firewall.`
      : `${host}:${port} takes connections but gave no MQTT answer within ${seconds} s: is it an MQTT port?`;
  return { fault: "timeout", reason };
}

/** Why a subscription was refused: SUBACK, MQTT 5 §3.9.3; MQTT 3.1.1 only knows 0x80. */
const SUBACK: Readonly<Record<number, string>> = {
  128: "the broker refused it without a reason (often: no right to read it)",
  131: "the broker cannot do it",
  135: "not authorized: this user may not read it",
  143: "the broker calls it an invalid topic filter",
  151: "the broker's quota is used up",
  158: "the broker has no shared subscriptions",
  162: "the broker allows no wildcards",
};
export const subackReason = (code: number): string => SUBACK[code] ?? `the broker refused it (code ${code})`;

/** Why a publish was refused: PUBACK and PUBREC, MQTT 5 §3.4.2.1. */
const PUBACK: Readonly<Record<number, PlainKey>> = {
  128: "commands.puback128",
  131: "commands.puback131",
  135: "commands.puback135",
  144: "commands.puback144",
  151: "commands.puback151",
  153: "commands.puback153",
};
export function pubackReason(code: number): Said {
  const key = PUBACK[code];
  return key ? say(key) : say("commands.pubackOther", { code });
}
