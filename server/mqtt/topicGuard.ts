import { err, type Result } from "../../lib/result";
import { type Said, say } from "../../lib/texts/said";
import { parseFilter, parsePublishTopic, type Topic, type TopicFilter } from "../../lib/topics/parse";

/**
 * Stands before every topic and filter that goes to MQTT.js. A wildcard, a NUL, a lone surrogate or an over-long name in a publish
 * wedges its writer for good; a control character or a non-character makes brokers close the connection [MQTT-1.5.4-2], so that one
 * registration would take all others off the air.
 */

const isControl = (code: number): boolean => code < 0x20 || (code >= 0x7f && code <= 0x9f);
const isNonCharacter = (code: number): boolean => (code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) === 0xfffe;

function speakable<T extends string>(parsed: Result<T, Said>): Result<T, Said> {
  if (!parsed.ok) return parsed;
  for (const char of parsed.value) {
    const code = char.codePointAt(0) as number;
    if (isControl(code) || isNonCharacter(code)) {
      const shown = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
      return err(say("topicName.badCharacter", { character: shown }));
    }
  }
  return parsed;
}

/** A name that may be published on. The error says why not. */
export const guardTopic = (text: string): Result<Topic, Said> => speakable(parsePublishTopic(text));

/** A filter that may be subscribed to. The error says why not. */
export const guardFilter = (text: string): Result<TopicFilter, Said> => speakable(parseFilter(text));
