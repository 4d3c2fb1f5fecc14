import type { Broker } from "../../lib/broker";
import { type Said, say } from "../../lib/texts/said";
import { openTrial } from "./brokerLimits";
import type { Protocol } from "./options";
import type { LinkSettings } from "./reconnector";
import { guardTopic } from "./topicGuard";

/**
 * Topics that a broker cannot carry: NATS refuses subscriptions to topics with a space, before 2.10 also to those with ".", and a publish there
 * ends the connection. Which broker it is nobody says, so it is asked by subscribing, on a connection of its own.
 */
export interface CarriedTopics {
  /** Why the broker cannot carry messages on the topic; undefined: it can, or nobody knows. */
  whyNot(topic: string): Promise<Said | undefined>;
  /** It may be another version, or another member, by now. */
  forget(): void;
}

export interface CarriedTopicsParts {
  broker: Broker;
  settings: LinkSettings;
  /** Of the listening connection, as of now; undefined: there is none. */
  connected(): { protocol: Protocol; url: string | undefined } | undefined;
}

const CHARACTERS = [
  { character: ".", why: say("commands.noDots") },
  { character: " ", why: say("commands.noSpaces") },
] as const;
type Character = (typeof CHARACTERS)[number]["character"];

export function createCarriedTopics({ broker, settings, connected }: CarriedTopicsParts): CarriedTopics {
  /** Only what was answered is remembered: a user without the right to read one topic may have it for another. */
  let known = new Map<Character, boolean>();
  let asking: Promise<unknown> = Promise.resolve();

  async function ask(topic: string, protocol: Protocol, url: string | undefined): Promise<void> {
    const trial = await openTrial({ broker: { ...broker, url: url ?? broker.url }, protocol, settings });
    if (!trial) return;
    const answers = known;
    try {
      // With neither: a refusal of that one is about rights.
      if ((await trial.grants(topic.replaceAll(/[. ]/g, "-"))) !== true) return;
      for (const { character } of CHARACTERS) {
        if (!topic.includes(character) || answers.has(character)) continue;
        const granted = await trial.grants(topic.replaceAll(character === "." ? " " : ".", "-"));
        if (granted === undefined) return;
        answers.set(character, granted);
      }
    } finally {
      await trial.close();
    }
  }

  return {
    async whyNot(topic) {
      const now = connected();
      // No broker that speaks MQTT 5 is known to have this limit.
      if (now?.protocol !== "3.1.1" || !/[. ]/.test(topic) || !guardTopic(topic).ok) return undefined;
      const isOpen = () => CHARACTERS.some(({ character }) => topic.includes(character) && !known.has(character));
      // One after the other: what the first has found the second need not ask.
      if (isOpen()) {
        asking = asking.then(async () => {
          if (isOpen()) await ask(topic, now.protocol, now.url);
        });
        await asking;
      }
      return CHARACTERS.find(({ character }) => topic.includes(character) && known.get(character) === false)?.why;
    },
    forget() {
      known = new Map();
    },
  };
}
