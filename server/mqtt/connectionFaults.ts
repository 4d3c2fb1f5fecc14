import type { BrokerFault } from "../../lib/broker";
import { asWording, type Said, say } from "../../lib/texts/said";
import type { PlainKey } from "../../lib/texts/t";
import type { Oversize } from "./packetGuard";

/** What went wrong with a connection, and what to do. Tables from codes to faults; no IO. */

export interface ConnectionFault {
  fault: BrokerFault;
  reason: Said;
  /** Another client connected with the same client id. */
  takenOver?: true;
}

/** Where the connection was going, for the words. */
export interface BrokerAddress {
  url: string;
  username?: string | undefined;
}

interface HostPort {
  host: string;
  port: string;
  scheme: string;
}
type FaultAt = (address: HostPort) => ConnectionFault;

const plain = (fault: BrokerFault, key: PlainKey): ConnectionFault => ({ fault, reason: say(key) });
const tls =
  (key: PlainKey): FaultAt =>
  () =>
    plain("tls", key);
const dns: FaultAt = ({ host }) => ({ fault: "dns", reason: say("connection.dns", { host }) });
const unreachable: FaultAt = ({ host }) => ({ fault: "timeout", reason: say("connection.unreachable", { host }) });
const untrusted = tls("connection.untrusted");

/** Codes of Node's sockets, TLS and DNS. */
const SOCKET: Readonly<Record<string, FaultAt>> = {
  ENOTFOUND: dns,
  EAI_AGAIN: dns,
  EAI_NODATA: dns,
  EAI_NONAME: dns,
  ECONNREFUSED: ({ host, port }) => ({ fault: "refused", reason: say("connection.refused", { host, port }) }),
  ETIMEDOUT: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  EHOSTDOWN: unreachable,
  EPROTO: tls("connection.tlsHandshake"),
  ERR_SSL_WRONG_VERSION_NUMBER: tls("connection.tlsNotUsed"),
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  CERT_UNTRUSTED: untrusted,
  CERT_HAS_EXPIRED: tls("connection.certificateExpired"),
  CERT_NOT_YET_VALID: tls("connection.certificateTooNew"),
  CERT_REVOKED: tls("connection.certificateRevoked"),
  ERR_TLS_CERT_ALTNAME_INVALID: ({ host }) => ({ fault: "tls", reason: say("connection.certificateName", { host }) }),
};

const WRONG_PASSWORD = plain("credentials", "connection.wrongPassword");
const OTHER_VERSION = plain("protocol", "connection.otherVersion");
const CLIENT_ID = plain("other", "connection.clientIdRefused");
const NOT_AVAILABLE = plain("refused", "connection.notAvailable");

/** CONNACK: return codes of MQTT 3.1.1 §3.2.2.3 and reason codes of MQTT 5 §3.2.2.2. */
const CONNACK: Readonly<Record<number, ConnectionFault>> = {
  1: OTHER_VERSION,
  2: CLIENT_ID,
  3: NOT_AVAILABLE,
  4: WRONG_PASSWORD,
  132: OTHER_VERSION,
  133: CLIENT_ID,
  134: WRONG_PASSWORD,
  136: NOT_AVAILABLE,
  137: plain("refused", "connection.busy"),
  138: plain("not-authorized", "connection.banned"),
  140: plain("credentials", "connection.otherSignIn"),
  151: plain("refused", "connection.noRoom"),
  156: plain("other", "connection.otherServer"),
  157: plain("other", "connection.moved"),
  159: plain("refused", "connection.tooOften"),
};
const NOT_AUTHORIZED = new Set([5, 135]);

/** Mosquitto says "not authorized" for a wrong password too, so the words name both. */
const notAuthorized = ({ username: user }: BrokerAddress): ConnectionFault =>
  user === undefined
    ? plain("credentials", "connection.needsPassword")
    : { fault: "credentials", reason: say("connection.userRefused", { user }) };

/** DISCONNECT sent by the broker, MQTT 5 §3.14.2.1. */
const DISCONNECT: Readonly<Record<number, ConnectionFault>> = {
  129: plain("protocol", "connection.malformedPacket"),
  130: plain("protocol", "connection.protocolError"),
  135: plain("not-authorized", "connection.notAuthorized"),
  139: plain("lost", "connection.shuttingDown"),
  141: plain("lost", "connection.receivedNothing"),
  142: { ...plain("not-authorized", "connection.takenOver"), takenOver: true },
  149: plain("protocol", "connection.packetTooLarge"),
  151: plain("lost", "connection.quotaExceeded"),
  152: plain("lost", "connection.closedByAdmin"),
};

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const codeOf = (error: unknown): string | number | undefined => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" || typeof code === "number" ? code : undefined;
};

function address(url: string): HostPort {
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
  const { host, port } = where;
  const text = textOf(error);
  if (typeof code === "number") return classifyConnack(code, target);
  // A WebSocket frame beyond `maxPayload`.
  if (code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") return plain("too-large", "connection.frameTooLarge");
  const known = code !== undefined && Object.hasOwn(SOCKET, code) ? SOCKET[code] : undefined;
  if (known) return known(where);
  if (isTls(where.scheme) && (code === "ECONNRESET" || /before secure TLS/.test(text)))
    return { fault: "tls", reason: say("connection.tlsEnded", { host, port }) };
  if (/PEM|SSL|TLS|certificate|ASN1|asn1/.test(`${code ?? ""} ${text}`))
    return { fault: "tls", reason: say("connection.tlsFailed", { error: text }) };
  if (code === "ECONNRESET" || code === "EPIPE") return plain("lost", "connection.cut");
  if (/Unexpected server response: (\d+)/.test(text))
    return { fault: "protocol", reason: say("connection.notWebSocket", { host, port, error: text }) };
  if (/websocket|subprotocol|header|frame|packet|qos|length/i.test(text))
    return { fault: "protocol", reason: say("connection.notMqtt", { host, port, error: text }) };
  return text ? { fault: "other", reason: asWording(text) } : plain("other", "connection.failed");
}

/** Met on a standing connection, and not the socket's: what MQTT.js cannot read, or what the broker may not say there. */
export const classifyMalformed = (error: unknown): ConnectionFault => ({
  fault: "protocol",
  reason: say("connection.notAllowed", { error: textOf(error) }),
});

const mib = (bytes: number): number => Math.round(bytes / 1024 / 1024);

/** A packet that MQTT 3.1.1 cannot refuse, or that a broker sends although MQTT 5 told it not to. */
export function classifyOversize({ bytes, topic }: Oversize, maxBytes: number): ConnectionFault {
  const sizes = { size: mib(bytes), most: mib(maxBytes) };
  const reason =
    topic === undefined
      ? say("connection.packetOversize", sizes)
      : say("connection.messageOversize", { topic, ...sizes });
  return { fault: "too-large", reason };
}

export function classifyConnack(code: number, target: BrokerAddress): ConnectionFault {
  if (NOT_AUTHORIZED.has(code)) return notAuthorized(target);
  return CONNACK[code] ?? { fault: "other", reason: say("connection.refusedCode", { code }) };
}

export const classifyDisconnect = (code = 0): ConnectionFault =>
  DISCONNECT[code] ?? { fault: "lost", reason: say("connection.closedCode", { code }) };

/** The connection ended and nobody said why. */
export function classifyClose(stage: "dialling" | "waiting" | "up", target: BrokerAddress): ConnectionFault {
  if (stage === "up") return plain("lost", "connection.lost");
  const { host, port, scheme } = address(target.url);
  const key = isTls(scheme) ? "connection.noMqttAnswer" : "connection.noMqttAnswerTls";
  return { fault: "protocol", reason: say(key, { host, port }) };
}

export function classifyTimeout(stage: "dialling" | "waiting", ms: number, target: BrokerAddress): ConnectionFault {
  const { host, port } = address(target.url);
  const key = stage === "dialling" ? "connection.noAnswer" : "connection.noMqttAnswerYet";
  return { fault: "timeout", reason: say(key, { host, port, seconds: Math.round(ms / 1000) }) };
}

/** Why a subscription was refused: SUBACK, MQTT 5 §3.9.3; MQTT 3.1.1 only knows 0x80. */
const SUBACK: Readonly<Record<number, PlainKey>> = {
  128: "connection.suback128",
  131: "connection.suback131",
  135: "connection.suback135",
  143: "connection.suback143",
  151: "connection.suback151",
  158: "connection.suback158",
  162: "connection.suback162",
};
export function subackReason(code: number, filter: string): Said {
  // NATS refuses them without saying why; who reads "no right" would look in the wrong place.
  if (code === 128 && /[. ]/.test(filter)) return say("connection.suback128Characters");
  const key = SUBACK[code];
  return key ? say(key) : say("connection.subackOther", { code });
}

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
