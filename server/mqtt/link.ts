import { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import mqtt, { type IConnackPacket, type IPublishPacket, type MqttClient } from "mqtt";
import type { Broker } from "../../lib/broker";
import type { Clock } from "../ports";
import {
  classifyClose,
  classifyConnack,
  classifyDisconnect,
  classifyError,
  classifyMalformed,
  classifyOversize,
  classifyTimeout,
  type Fault,
} from "./connectionFaults";
import { clientOptions, KEEPALIVE_FACTOR, MAX_PACKET, type Protocol } from "./options";
import { createPacketGuard } from "./packetGuard";

/**
 * One connection to a broker, from CONNECT to its end. It is never reconnected: the next one is a new client with nothing in it,
 * which is why nothing can be sent twice or subscribed by half.
 */
export interface Link extends LinkAttempt {
  readonly client: MqttClient;
}

/** A connection that may still be on its way, or may never come to be. */
export interface LinkAttempt {
  readonly protocol: Protocol;
  /** Answered behind all that the broker sent before. */
  ping(answered: () => void): void;
  /** Ends it because of this; `onDown` follows. What still waits in our buffers is thrown away, not sent. */
  drop(fault: Fault): void;
  /** Ends it on our own wish; `onDown` does not follow. Resolves when the socket is closed. */
  close(): Promise<void>;
}

/** How a connection ended. `refused5`: the broker said that it does not speak MQTT 5, or it may have meant that by hanging up. */
export interface Down extends Fault {
  wasUp: boolean;
  refused5: "said" | "maybe" | "no";
}

export interface LinkParts {
  broker: Broker;
  clientId: string;
  protocol: Protocol;
  clock: Clock;
  keepaliveMs: number;
  connectTimeoutMs: number;
}

export interface LinkEvents {
  onUp(link: Link, connack: IConnackPacket): void;
  /** Once, whether it was up or not. */
  onDown(down: Down): void;
  onMessage?(topic: string, payload: Buffer, packet: IPublishPacket): void;
  /** Asked after each message: the next one is not looked at before `next` is called, nor more taken from the wire. */
  pace?(next: () => void): void;
}

/** CONNACK codes that mean "not this version": 3.1.1 §3.2.2.3 and MQTT 5 §3.2.2.2. */
const UNSUPPORTED = new Set([1, 132]);

/**
 * In looks, of which there are ten in `keepaliveMs`: how long the silence is before a ping, how far pings are apart, when to give up.
 * At 10 s a dead broker is known after 12 to 13 s.
 */
const LOOKS = 10;
const SILENT_BEFORE_PING = 3;
const PINGS_APART = 4;
const GIVE_UP_AFTER = 12;
/** Of the keepalive that the broker was promised or asked for: a ping is due by then, whatever arrives. */
const PING_DUE = 2 / 3;
const POLITE_MS = 300;

export function openLink(parts: LinkParts, events: LinkEvents): LinkAttempt {
  const { broker, clock, protocol } = parts;
  let stage: "dialling" | "waiting" | "up" | "down" = "dialling";
  let cause: Fault | undefined;
  let refused5: Down["refused5"] = "no";
  let closing = false;
  let heard = false;
  let sinceAsked = 0;
  /** Of pings on their way; answers come in their order. */
  const pings: (() => void)[] = [];
  let cancelWatch = () => {};

  const finish = (): void => {
    if (stage === "down") return;
    const last = stage;
    stage = "down";
    cancelTimeout();
    cancelWatch();
    if (closing) return;
    const hungUp = cause === undefined || cause.fault === "lost" || cause.fault === "protocol";
    if (protocol === "5" && last !== "up" && hungUp && refused5 === "no") refused5 = "maybe";
    const fault = cause && (last === "up" || cause.fault !== "lost") ? cause : classifyClose(last, broker);
    events.onDown({ ...fault, wasUp: last === "up", refused5 });
  };

  const destroy = (): void => {
    const stream = client?.stream as unknown;
    const plain = stream instanceof Socket && !(stream instanceof TLSSocket);
    // While it still dials, a reset would wait for the connection first.
    if (plain && !stream.connecting) stream.resetAndDestroy();
    else client?.stream.destroy();
  };

  const drop = (fault: Fault): void => {
    if (stage === "down" || closing) return;
    cause ??= fault;
    destroy();
  };

  const ping = (answered: () => void): void => {
    if (stage !== "up" || closing) return;
    pings.push(answered);
    client?.sendPing();
  };

  /** Silence is counted in looks, not by the clock: after a sleep of this machine the first look must not condemn the broker. */
  const watch = (serverKeepaliveMs: number): void => {
    const lookMs = Math.min(parts.keepaliveMs, serverKeepaliveMs) / LOOKS;
    const due = (PING_DUE * Math.min(KEEPALIVE_FACTOR * parts.keepaliveMs, serverKeepaliveMs)) / lookMs;
    let silent = 0;
    cancelWatch = clock.every(lookMs, () => {
      silent = heard ? 0 : silent + 1;
      heard = false;
      sinceAsked++;
      if ((silent >= SILENT_BEFORE_PING && sinceAsked >= PINGS_APART) || sinceAsked >= due) {
        sinceAsked = 0;
        ping(() => undefined);
      }
      if (silent >= GIVE_UP_AFTER)
        drop({ fault: "lost", reason: "The broker stopped answering: it gave no sign of life." });
    });
  };

  const cancelTimeout = clock.after(parts.connectTimeoutMs, () => {
    if (stage === "dialling" || stage === "waiting") drop(classifyTimeout(stage, parts.connectTimeoutMs, broker));
  });

  let client: MqttClient | undefined;
  try {
    client = mqtt.connect(clientOptions(broker, parts.clientId, protocol, parts.keepaliveMs));
  } catch (error) {
    // A certificate or key that is no PEM is refused while the socket is being made.
    cause = classifyError(error, broker);
    queueMicrotask(finish);
    const close = async () => {
      closing = true;
    };
    return { protocol, ping, drop: () => {}, close };
  }
  const link: Link = {
    client,
    protocol,
    ping,
    drop,
    close: () => {
      closing = true;
      if (stage === "down") return Promise.resolve();
      const ending = client as MqttClient;
      return new Promise((resolve) => {
        const cancelForce = clock.after(POLITE_MS, destroy);
        ending.once("close", () => {
          cancelForce();
          finish();
          resolve();
        });
        // Unanswered publishes would make a polite end wait for them.
        ending.end(stage !== "up" || Object.keys(ending.outgoing).length > 0);
      });
    },
  };

  const onError = (error: Error): void => {
    const code = (error as { code?: unknown }).code;
    if (stage !== "up" && typeof code === "number") {
      if (protocol === "5" && UNSUPPORTED.has(code)) refused5 = "said";
      cause ??= classifyConnack(code, broker);
    }
    cause ??= stage === "up" && typeof code !== "string" ? classifyMalformed(error) : classifyError(error, broker);
    if (stage !== "down") client?.stream.destroy();
  };
  client.stream.once("connect", () => {
    if (stage === "dialling") stage = "waiting";
  });
  const guard = createPacketGuard(MAX_PACKET, (oversize) => drop(classifyOversize(oversize, MAX_PACKET)));
  // Before the parser's own listener, which would buffer the packet.
  client.stream.prependListener("data", guard);
  // MQTT.js keeps errors without a code to itself, such as a WebSocket answered with 404.
  client.stream.on("error", onError);
  client.on("error", onError);
  client.on("disconnect", (packet) => {
    cause ??= classifyDisconnect(packet.reasonCode);
  });
  client.on("packetreceive", ({ cmd }) => {
    heard = true;
    if (cmd === "pingresp") pings.shift()?.();
  });
  if (events.onMessage) client.on("message", events.onMessage);
  const { pace } = events;
  if (pace) client.handleMessage = (_packet, next) => pace(next);
  client.on("connect", (connack) => {
    if (stage === "down" || closing) return;
    stage = "up";
    cancelTimeout();
    // 0 turns the broker's own keepalive off (MQTT 5 §3.1.2.10).
    watch((connack.properties?.serverKeepAlive || Number.POSITIVE_INFINITY) * 1000);
    events.onUp(link, connack);
  });
  client.on("close", finish);
  return link;
}
