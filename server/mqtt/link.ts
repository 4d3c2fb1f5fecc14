import { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import mqtt, { type IConnackPacket, type IPublishPacket, type MqttClient } from "mqtt";
import type { Broker } from "../../lib/broker";
import { say } from "../../lib/texts/said";
import type { Clock } from "../ports";
import {
  type ConnectionFault,
  classifyClose,
  classifyConnack,
  classifyDisconnect,
  classifyError,
  classifyMalformed,
  classifyOversize,
  classifyTimeout,
} from "./connectionFaults";
import { clientOptions, KEEPALIVE_FACTOR, MAX_PACKET, type Protocol } from "./options";
import { createPacketGuard } from "./packetGuard";

/**
 * One connection to a broker, from CONNECT to its end. It is never reconnected: the next one is a new client with nothing in it,
 * which is why nothing can be sent twice or subscribed by half.
 */
export interface Link extends LinkAttempt {
  readonly client: MqttClient;
  /** The address that it is connected at. */
  readonly url: string;
}

/** A connection that may still be on its way, or may never come to be. */
export interface LinkAttempt {
  readonly protocol: Protocol;
  /** Answered behind all that the broker sent before. */
  ping(answered: () => void): void;
  /** Ends it because of this; `onDown` follows. What still waits in our buffers is thrown away, not sent. */
  drop(fault: ConnectionFault): void;
  /** Ends it on our own wish; `onDown` does not follow. Resolves when the socket is closed. */
  close(): Promise<void>;
}

/** How a connection ended. `refused5`: the broker said that it does not speak MQTT 5, or it may have meant that by hanging up. */
export interface Down extends ConnectionFault {
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

/** How far it has come. */
type Stage =
  | { name: "dialling" | "waiting"; cancelTimeout(): void }
  | {
      name: "up";
      silence: SilenceWatch /** Of pings on their way; answers come in their order. */;
      pings: (() => void)[];
    }
  | { name: "down" };

/** Why it ends. The first fault counts, and our own wish before any fault. `unsupported`: the broker said that it does not speak MQTT 5. */
type Ending = { by: "nobody" } | { by: "fault"; fault: ConnectionFault; unsupported: boolean } | { by: "us" };

export function openLink(parts: LinkParts, events: LinkEvents): LinkAttempt {
  const { broker, clientId, protocol, keepaliveMs } = parts;
  let client: MqttClient;
  try {
    client = mqtt.connect(clientOptions(broker, clientId, protocol, keepaliveMs));
  } catch (error) {
    // A certificate or key that is no PEM is refused while the socket is being made.
    return failedLink(classifyError(error, broker), parts, events);
  }
  return followLink(client, parts, events);
}

/** One that could not even be begun: down in the next turn. */
function failedLink(fault: ConnectionFault, parts: LinkParts, events: LinkEvents): LinkAttempt {
  let ending: Ending = { by: "fault", fault, unsupported: false };
  queueMicrotask(() => {
    if (ending.by === "fault") events.onDown(downOf("dialling", ending, parts));
  });
  return {
    protocol: parts.protocol,
    ping: () => undefined,
    drop: () => undefined,
    async close() {
      ending = { by: "us" };
    },
  };
}

function followLink(client: MqttClient, parts: LinkParts, events: LinkEvents): Link {
  const { broker, clock, protocol } = parts;
  let ending: Ending = { by: "nobody" };
  let stage: Stage = {
    name: "dialling",
    cancelTimeout: clock.after(parts.connectTimeoutMs, () => {
      if (stage.name === "dialling" || stage.name === "waiting")
        drop(classifyTimeout(stage.name, parts.connectTimeoutMs, broker));
    }),
  };

  function endBy(fault: ConnectionFault, unsupported = false): void {
    if (ending.by === "nobody") ending = { by: "fault", fault, unsupported };
  }

  function finish(): void {
    if (stage.name === "down") return;
    const { name: last } = stage;
    if (stage.name === "up") stage.silence.stop();
    else stage.cancelTimeout();
    stage = { name: "down" };
    if (ending.by !== "us") events.onDown(downOf(last, ending, parts));
  }

  /**
   * By a reset, which throws away what still waits, where that is possible: while the socket dials, a reset would wait for the connection
   * first; while an end is on its way it fails (see `onStreamError`).
   */
  function destroy(): void {
    const stream = client.stream as unknown;
    const plain = stream instanceof Socket && !(stream instanceof TLSSocket);
    if (plain && !stream.connecting && !stream.writableEnded) stream.resetAndDestroy();
    else client.stream.destroy();
  }

  function drop(fault: ConnectionFault): void {
    if (stage.name === "down" || ending.by === "us") return;
    endBy(fault);
    destroy();
  }

  function ping(answered: () => void): void {
    if (stage.name !== "up" || ending.by === "us") return;
    stage.pings.push(answered);
    client.sendPing();
  }

  const link: Link = {
    client,
    url: broker.url,
    protocol,
    ping,
    drop,
    close() {
      ending = { by: "us" };
      if (stage.name === "down") return Promise.resolve();
      return new Promise((resolve) => {
        const cancelForce = clock.after(POLITE_MS, destroy);
        client.once("close", () => {
          cancelForce();
          finish();
          resolve();
        });
        // Unanswered publishes would make a polite end wait for them.
        client.end(stage.name !== "up" || Object.keys(client.outgoing).length > 0);
      });
    },
  };

  function onError(error: Error): void {
    const { code } = error as { code?: unknown };
    const up = stage.name === "up";
    if (!up && typeof code === "number")
      endBy(classifyConnack(code, broker), protocol === "5" && UNSUPPORTED.has(code));
    else endBy(up && typeof code !== "string" ? classifyMalformed(error) : classifyError(error, broker));
    if (stage.name !== "down") client.stream.destroy();
  }

  function onStreamError(error: Error): void {
    onError(error);
    // Node 20 (resetAndDestroy, nodejs/node#43112): a reset while an end is on its way fails with EINVAL, and no "close" follows.
    if ((error as { syscall?: unknown }).syscall === "reset") client.stream.emit("close");
  }

  client.stream.once("connect", () => {
    if (stage.name === "dialling") stage = { ...stage, name: "waiting" };
  });
  const guard = createPacketGuard(MAX_PACKET, (oversize) => drop(classifyOversize(oversize, MAX_PACKET)));
  // Before the parser's own listener, which would buffer the packet.
  client.stream.prependListener("data", guard);
  // MQTT.js keeps errors without a code to itself, such as a WebSocket answered with 404.
  client.stream.on("error", onStreamError);
  client.on("error", onError);
  client.on("disconnect", (packet) => endBy(classifyDisconnect(packet.reasonCode)));
  client.on("packetreceive", ({ cmd }) => {
    if (stage.name !== "up") return;
    stage.silence.heard();
    if (cmd === "pingresp") stage.pings.shift()?.();
  });
  if (events.onMessage) client.on("message", events.onMessage);
  const { pace } = events;
  if (pace) client.handleMessage = (_packet, next) => pace(next);
  client.on("connect", (connack) => {
    if (stage.name === "down" || stage.name === "up" || ending.by === "us") return;
    stage.cancelTimeout();
    // 0 turns the broker's own keepalive off (MQTT 5 §3.1.2.10).
    const serverKeepaliveMs = (connack.properties?.serverKeepAlive || Number.POSITIVE_INFINITY) * 1000;
    stage = { name: "up", silence: watchSilence(parts, serverKeepaliveMs, { ping, drop }), pings: [] };
    events.onUp(link, connack);
  });
  client.on("close", finish);
  return link;
}

/** What is told of a connection that was at `last` when it ended. */
function downOf(last: Exclude<Stage["name"], "down">, ending: Ending, { protocol, broker }: LinkParts): Down {
  const fault = ending.by === "fault" ? ending.fault : undefined;
  const hungUp = fault === undefined || fault.fault === "lost" || fault.fault === "protocol";
  const said = ending.by === "fault" && ending.unsupported;
  return {
    ...(fault && (last === "up" || fault.fault !== "lost") ? fault : classifyClose(last, broker)),
    wasUp: last === "up",
    refused5: said ? "said" : protocol === "5" && last !== "up" && hungUp ? "maybe" : "no",
  };
}

interface SilenceWatch {
  /** Something came from the broker. */
  heard(): void;
  stop(): void;
}

/**
 * Pings a silent broker, and gives it up when it stays silent. Silence is counted in looks, not by the clock: after a sleep of this machine
 * the first look must not condemn the broker.
 */
function watchSilence(
  { clock, keepaliveMs }: Pick<LinkParts, "clock" | "keepaliveMs">,
  serverKeepaliveMs: number,
  { ping, drop }: Pick<LinkAttempt, "ping" | "drop">,
): SilenceWatch {
  const lookMs = Math.min(keepaliveMs, serverKeepaliveMs) / LOOKS;
  const due = (PING_DUE * Math.min(KEEPALIVE_FACTOR * keepaliveMs, serverKeepaliveMs)) / lookMs;
  // It has just said that the connection is made.
  let heard = true;
  let silent = 0;
  let sinceAsked = 0;
  const stop = clock.every(lookMs, () => {
    silent = heard ? 0 : silent + 1;
    heard = false;
    sinceAsked++;
    if ((silent >= SILENT_BEFORE_PING && sinceAsked >= PINGS_APART) || sinceAsked >= due) {
      sinceAsked = 0;
      ping(() => undefined);
    }
    if (silent >= GIVE_UP_AFTER) drop({ fault: "lost", reason: say("connection.noSignOfLife") });
  });
  return {
    heard() {
      heard = true;
    },
    stop,
  };
}
