import { randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { type IClientOptions, Store } from "mqtt";
import type { Broker } from "../../lib/broker";

export type Protocol = "5" | "3.1.1";

/** Remembers nothing, so that nothing can be sent a second time: MQTT.js replays whatever its outgoing store streams. */
class ForgetfulStore extends Store {
  override put(_packet: unknown, done: (error?: Error) => void): this {
    done();
    return this;
  }
  /** The original calls it an error that there is nothing to forget, and would turn every acknowledgement into one. */
  override del(packet: { messageId?: number }, done: (error?: Error, packet?: never) => void): this {
    done(undefined, packet as never);
    return this;
  }
}

/** MQTT.js's own keepalive gives up under a flood, when the PINGRESP waits behind thousands of messages: link.ts keeps watch instead. */
const NO_TIMER = { set: () => 0, clear: () => {} };

const NO_LOG = (): void => {};

/**
 * Far above the payloads that are read (those are counted and refused one by one), so that an oversize payload is seen, and only a
 * monstrous one is withheld by the broker.
 */
export const MAX_PACKET = 16 * 1024 * 1024;

/**
 * What the broker is promised, as a multiple of the silence after which link.ts asks. A ping in the middle of traffic costs: the
 * kernel delays its ACK by 40 ms, and a broker with Nagle's algorithm (Mosquitto, unless `set_tcp_nodelay`) holds messages meanwhile.
 */
export const KEEPALIVE_FACTOR = 6;

const path = (url: URL): string => `${url.pathname || "/"}${url.search}`;

/** For one connection that MQTT.js neither repeats nor restores: reconnecting and subscribing again are ours. */
export function clientOptions(
  broker: Broker,
  clientId: string,
  protocol: Protocol,
  keepaliveMs: number,
): IClientOptions {
  const url = new URL(broker.url);
  const scheme = url.protocol.slice(0, -1) as "mqtt" | "mqtts" | "ws" | "wss";
  const bare = url.hostname.replace(/^\[|\]$/g, "");
  const web = scheme === "ws" || scheme === "wss";
  const secure = scheme === "mqtts" || scheme === "wss";
  return {
    protocol: scheme,
    // A WebSocket address is put together from it as text; a socket wants an IPv6 address without its brackets.
    hostname: web && isIP(bare) === 6 ? `[${bare}]` : bare,
    ...(url.port && { port: Number(url.port) }),
    // A frame of a WebSocket is buffered whole before MQTT sees it. It may carry a little more than one packet.
    ...(web && { path: path(url), wsOptions: { maxPayload: MAX_PACKET + 64 * 1024 } }),
    ...(broker.username !== undefined && { username: broker.username }),
    ...(broker.password !== undefined && { password: broker.password }),
    ...(secure && {
      rejectUnauthorized: broker.verify !== false,
      ...(broker.ca !== undefined && { ca: broker.ca }),
      ...(broker.cert !== undefined && broker.key !== undefined && { cert: broker.cert, key: broker.key }),
    }),
    clientId,
    protocolVersion: protocol === "5" ? 5 : 4,
    clean: true,
    keepalive: Math.max(1, Math.round((KEEPALIVE_FACTOR * keepaliveMs) / 1000)),
    timerVariant: NO_TIMER as unknown as NonNullable<IClientOptions["timerVariant"]>,
    connectTimeout: 2 ** 30,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    outgoingStore: new ForgetfulStore(),
    // It would keep a buffer for every two-byte number there is: 6 MB, to save one allocation for each packet that is sent.
    writeCache: false,
    log: NO_LOG,
    ...(protocol === "5" && { properties: { maximumPacketSize: MAX_PACKET } }),
  };
}

/** At most 23 characters unless an admin chose one: all that MQTT 3.1.1 promises to take. */
export function clientIdFor(broker: Broker, part: "" | "command" | "test" | "preview"): string {
  const random = randomBytes(4).toString("hex");
  if (broker.clientId === undefined) return `telltale-${random}${part && `-${part.slice(0, 1)}`}`;
  if (part === "" || part === "command") return part ? `${broker.clientId}-${part}` : broker.clientId;
  return `${broker.clientId}-${part}-${random}`;
}
