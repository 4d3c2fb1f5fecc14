import type { IClientPublishOptions } from "mqtt";
import type { Broker } from "../../lib/broker";
import type { Qos } from "../../lib/qos";
import { type Said, say } from "../../lib/texts/said";
import type { CommandPublish, Log, PublishOutcome } from "../ports";
import type { CommandMark } from "./commandMark";
import { pubackReason } from "./connectionFaults";
import type { Link } from "./link";
import { COMMAND_PROPERTY, MARK_PROPERTY } from "./listener";
import type { Protocol } from "./options";
import type { RecentPublishes } from "./recentPublishes";
import { createReconnector, type LinkSettings } from "./reconnector";
import { guardTopic } from "./topicGuard";

/**
 * Publishes commands on a connection of its own. Nothing is queued or repeated: a command goes out on the connection that stands now
 * or not at all, every connection is a new client with an empty store, and one that keeps silent is cut so that nothing left in our
 * buffers can fire later.
 */
export interface Commander {
  ready(): boolean;
  publish(message: CommandPublish): Promise<PublishOutcome>;
  stop(): Promise<void>;
}

export interface CommanderParts extends LinkSettings {
  broker: Broker;
  log: Log;
  /** The version of MQTT with which the listener is connected. */
  protocol: Protocol;
  /** Where the listener is connected. */
  first?: string | undefined;
  echoes: RecentPublishes;
  /** Why the broker cannot carry messages on this topic. */
  whyNotCarried(topic: string): Promise<Said | undefined>;
  /** Where several nodes publish. */
  mark?: CommandMark | undefined;
  /** `ready` answers otherwise. */
  onChange(): void;
}

/** Rules CM-16 and CM-43. */
const SILENCE_MS = 2_000;
const EXPIRY_S = 5;
/** PUBACK and PUBREC: the broker has the message, and no subscriber for it [MQTT-3.4.2.1]. MQTT.js hands it on as plain success. */
const NO_MATCHING_SUBSCRIBERS = 0x10;
/** Never more than the broker's receive maximum [MQTT-3.3.4-9], which MQTT.js does not keep; 20 is what a broker may start with. */
const MAX_IN_FLIGHT = 20;

type Settle = (outcome: PublishOutcome) => void;
interface Limits {
  inFlight: number;
  qos: Qos;
  retain: boolean;
  packetBytes: number;
}

const notSent = (reason: Said): PublishOutcome => ({ outcome: "not-sent", reason });

export function createCommander(parts: CommanderParts): Commander {
  const { broker, clock, echoes, log } = parts;
  const inFlight = new Set<Settle>();
  let limits: Limits = { inFlight: MAX_IN_FLIGHT, qos: 2, retain: true, packetBytes: Number.POSITIVE_INFINITY };
  /** Packet ids of this connection that the broker has no subscriber for, until their publish is settled. */
  let unheard = new Set<number>();
  let why: Said = say("commands.noConnectionYet");

  const loseAll = (reason: Said): void => {
    for (const settle of [...inFlight]) settle({ outcome: "unknown", reason });
  };

  const reconnector = createReconnector({
    ...parts,
    part: "command",
    onUp(link, connack) {
      const refused = new Set<number>();
      unheard = refused;
      link.client.on("packetreceive", (packet) => {
        if ((packet.cmd === "puback" || packet.cmd === "pubrec") && packet.reasonCode === NO_MATCHING_SUBSCRIBERS)
          refused.add(packet.messageId as number);
      });
      const says = connack.properties as
        | { receiveMaximum?: number; maximumQoS?: number; retainAvailable?: boolean; maximumPacketSize?: number }
        | undefined;
      limits = {
        inFlight: Math.min(says?.receiveMaximum ?? MAX_IN_FLIGHT, MAX_IN_FLIGHT),
        qos: Math.min(says?.maximumQoS ?? 2, 2) as Qos,
        retain: says?.retainAvailable !== false,
        packetBytes: says?.maximumPacketSize ?? Number.POSITIVE_INFINITY,
      };
      parts.onChange();
    },
    onDown(down) {
      why = down.reason;
      if (!down.wasUp) log.warn({ broker: broker.id, ...down }, "no connection for commands");
      loseAll(say("commands.connectionLost"));
      if (down.wasUp) parts.onChange();
    },
  });

  const standing = (): Link | undefined => {
    const link = reconnector.link();
    return link?.client.connected && !link.client.disconnecting ? link : undefined;
  };

  const propertiesFor = ({ commandId, topic }: CommandPublish, payload: Buffer) => ({
    [COMMAND_PROPERTY]: commandId,
    ...(parts.mark && { [MARK_PROPERTY]: parts.mark.of(commandId, topic, payload) }),
  });

  const optionsFor = (link: Link, message: CommandPublish, payload: Buffer): IClientPublishOptions => ({
    qos: Math.min(message.qos, limits.qos) as Qos,
    retain: message.retain,
    ...(link.protocol === "5" && {
      properties: {
        ...(!(message.byHand && message.retain) && { messageExpiryInterval: EXPIRY_S }),
        ...(!message.byHand && { userProperties: propertiesFor(message, payload) }),
      },
    }),
  });

  const send = (link: Link, message: CommandPublish, payload: Buffer): Promise<PublishOutcome> =>
    new Promise((resolve) => {
      const settle: Settle = (outcome) => {
        if (!inFlight.delete(settle)) return;
        cancelSilence();
        resolve(outcome);
      };
      inFlight.add(settle);
      const cancelSilence = clock.after(SILENCE_MS, () => {
        settle({ outcome: "unknown", reason: say("commands.notAcknowledged", { seconds: SILENCE_MS / 1000 }) });
        link.drop({ fault: "lost", reason: say("connection.noCommandAnswer", { seconds: SILENCE_MS / 1000 }) });
      });
      if (!message.byHand) echoes.wrote(message.commandId, message.topic, payload, clock.monotonic());
      const ofLink = unheard;
      let packetId: number | undefined;
      link.client.publish(message.topic, payload, optionsFor(link, message, payload), (error) => {
        const code = (error as { code?: unknown } | null | undefined)?.code;
        if (!error)
          settle({ outcome: "acked", ...(packetId !== undefined && ofLink.delete(packetId) && { unheard: true }) });
        else if (typeof code === "number" && code >= 0x80) {
          echoes.forget(message.commandId);
          settle({ outcome: "failed", code, reason: pubackReason(code) });
        } else
          settle({
            outcome: "unknown",
            reason: say("commands.connectionEnded", { error: error.message }),
          });
      });
      if (message.qos > 0) packetId = link.client.getLastMessageId();
    });

  return {
    ready: () => standing() !== undefined,
    async publish(message) {
      const topic = guardTopic(message.topic);
      if (!topic.ok) return notSent(say("commands.cannotPublish", { topic: message.topic, why: topic.error }));
      // Without such characters it goes out in this turn.
      const uncarried = /[. ]/.test(message.topic) ? await parts.whyNotCarried(message.topic) : undefined;
      if (uncarried) return notSent(uncarried);
      const link = standing();
      if (!link) return notSent(say("commands.notConnectedBecause", { why }));
      if (inFlight.size >= limits.inFlight) return notSent(say("commands.tooManyWait", { count: inFlight.size }));
      if (message.retain && !limits.retain) return notSent(say("commands.noRetain"));
      const payload = Buffer.from(message.payload);
      if (payload.length + message.topic.length + 200 > limits.packetBytes)
        return notSent(say("commands.payloadTooBig", { bytes: payload.length }));
      return send(link, message, payload);
    },
    async stop() {
      const stopped = reconnector.stop();
      loseAll(say("commands.connectionClosed"));
      await stopped;
    },
  };
}
