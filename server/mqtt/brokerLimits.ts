import { randomBytes } from "node:crypto";
import type { IConnackPacket } from "mqtt";
import type { Broker, BrokerLimit } from "../../lib/broker";
import type { Qos } from "../../lib/qos";
import { type Link, openLink } from "./link";
import { clientIdFor, type Protocol } from "./options";
import type { LinkSettings } from "./reconnector";

/**
 * What a broker cannot do, by trying it: a few messages below `telltale/test/`, on a topic that nobody else uses. Each thing that may end
 * the connection is tried on one of its own; none of them touches the connections that listen and publish.
 */

/** How long an answer may take before it counts as none. Brokers that do a thing answer in milliseconds. */
const ANSWER_MS = 1_000;
const CONNECT_MS = 2_000;
const PAYLOAD = "Telltale's connection test"; // not a text: a payload, for whoever watches the broker

interface Trial {
  readonly connack: IConnackPacket;
  /** False: refused, or no answer. */
  subscribe(filter: string): Promise<boolean>;
  /** Undefined: no answer. */
  grants(filter: string): Promise<boolean | undefined>;
  /** False: refused, no answer, or the connection ended. */
  publish(topic: string, options: { qos: Qos; retain?: boolean; payload?: string }): Promise<boolean>;
  /** Whether a message on a topic that begins so has arrived or arrives in time. */
  hears(start: string): Promise<boolean>;
  close(): Promise<void>;
}

export interface LimitsParts {
  broker: Broker;
  /** What the broker was just connected with. */
  protocol: Protocol;
  settings: LinkSettings;
}

/** Undefined: it could not be found out, mostly because this user may not publish or read there. Never rejects. */
export async function findLimits(parts: LimitsParts): Promise<BrokerLimit[] | undefined> {
  const base = `telltale/test/${randomBytes(6).toString("hex")}`;
  const trials: Trial[] = [];
  const open = async (): Promise<Trial | undefined> => {
    const trial = await openTrial(parts);
    if (trial) trials.push(trial);
    return trial;
  };
  try {
    const first = await open();
    if (!first) return undefined;
    if (!(await passes(first, `${base}/plain`, 1))) return undefined;
    const found = await Promise.all([
      limitsOfRetained(first, open, `${base}/kept`),
      ...PASSING.map(async ({ limit, level, qos }): Promise<BrokerLimit[]> => {
        const trial = await open();
        return !trial || (await passes(trial, `${base}/${level}`, qos)) ? [] : [limit];
      }),
      limitsOfSys(open),
    ]);
    const limits = found.flat();
    return saysNoWildcards(first.connack) ? ["wildcards", ...limits] : limits;
  } finally {
    await Promise.all(trials.map((trial) => trial.close()));
  }
}

/** What can be done if a message on such a topic arrives. */
const PASSING: readonly { limit: BrokerLimit; level: string; qos: Qos }[] = [
  { limit: "qos2", level: "qos2", qos: 2 },
  { limit: "dot", level: "a.b", qos: 1 },
  { limit: "space", level: "a b", qos: 1 },
];

/** Whether a message that is published on this topic is received on it. */
async function passes(trial: Trial, topic: string, qos: Qos): Promise<boolean> {
  if (!(await trial.subscribe(topic))) return false;
  const [published, heard] = await Promise.all([trial.publish(topic, { qos }), trial.hears(topic)]);
  return published && heard;
}

const saysNoWildcards = (connack: IConnackPacket): boolean =>
  connack.properties?.wildcardSubscriptionAvailable === false;

/** Some brokers end the connection of a user who may not read there. */
async function limitsOfSys(open: () => Promise<Trial | undefined>): Promise<BrokerLimit[]> {
  const trial = await open();
  return !trial || ((await trial.subscribe("$SYS/#")) && (await trial.hears("$SYS/"))) ? [] : ["sys"];
}

/** Retained messages reach those who subscribe later, by the topic itself and by a filter that matches it. */
async function limitsOfRetained(
  by: Trial,
  open: () => Promise<Trial | undefined>,
  topic: string,
): Promise<BrokerLimit[]> {
  if (by.connack.properties?.retainAvailable === false) return ["retained"];
  if (!(await by.publish(topic, { qos: 1, retain: true }))) return ["retained"];
  const late = async (filter: string): Promise<boolean> => {
    const trial = await open();
    return trial === undefined || ((await trial.subscribe(filter)) && (await trial.hears(topic)));
  };
  const [exact, wild] = await Promise.all([late(topic), late(topic.replace(/[^/]+$/, "+"))]);
  // A retained message without a payload removes it [MQTT-3.3.1-10].
  await by.publish(topic, { qos: 1, retain: true, payload: "" });
  if (!exact) return ["retained"];
  return wild || saysNoWildcards(by.connack) ? [] : ["retained-wildcards"];
}

/** A connection of its own; undefined: the broker accepts no further one. */
export function openTrial({ broker, protocol, settings }: LimitsParts): Promise<Trial | undefined> {
  return new Promise((resolve) => {
    const heard = new Set<string>();
    const looks = new Set<() => void>();
    const ends = new Set<() => void>();
    let over = false;
    const attempt = openLink(
      { ...settings, broker, clientId: clientIdFor(broker, "test"), protocol, connectTimeoutMs: CONNECT_MS },
      {
        onMessage(topic) {
          heard.add(topic);
          for (const look of looks) look();
        },
        onUp: (link, connack) => resolve(trialOn(link, connack)),
        onDown() {
          over = true;
          resolve(undefined);
          for (const end of ends) end();
        },
      },
    );

    /** What `ask` answers; false when the connection ends first, or nothing comes in time. */
    const within = (ask: (answer: (good: boolean) => void) => void): Promise<boolean> =>
      new Promise((settle) => {
        const end = (): void => answer(false);
        const answer = (good: boolean): void => {
          cancel();
          ends.delete(end);
          settle(good);
        };
        const cancel = settings.clock.after(ANSWER_MS, end);
        ends.add(end);
        if (over) end();
        else ask(answer);
      });

    const subscribe = (client: Link["client"], filter: string, refused: () => void): Promise<boolean> =>
      within((answer) => {
        client.subscribe(filter, { qos: 1 }, (error, _granted, packet) => {
          const isRefused = packet?.granted?.some((code) => (Number(code) & 0x80) !== 0) === true;
          if (isRefused) refused();
          answer(!error && !isRefused);
        });
      });

    const trialOn = ({ client }: Link, connack: IConnackPacket): Trial => ({
      connack,
      subscribe: (filter) => subscribe(client, filter, () => undefined),
      async grants(filter) {
        let answer: boolean | undefined;
        const isGranted = await subscribe(client, filter, () => {
          answer = false;
        });
        return isGranted || answer;
      },
      publish: (topic, { qos, retain = false, payload = PAYLOAD }) =>
        within((answer) => {
          client.publish(topic, payload, { qos, retain }, (error) => answer(!error));
        }),
      async hears(start) {
        let look = (): void => undefined;
        const good = await within((answer) => {
          look = () => {
            for (const topic of heard) if (topic.startsWith(start)) return answer(true);
          };
          looks.add(look);
          look();
        });
        looks.delete(look);
        return good;
      },
      close: () => attempt.close(),
    });
  });
}
