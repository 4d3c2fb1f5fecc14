import { z } from "zod";
import { err, ok, type Result } from "../result";

/*
 * The grammar (MQTT 5 §4.7, the same in 3.1.1):
 *   topic  = level *( "/" level )         no "+", no "#", no NUL, 1 to 65,535 bytes of UTF-8
 *   filter = ( level | "+" ) *( "/" ( level | "+" ) ) [ "/" "#" ]   or "#" alone
 * A level may be empty: "/a" has two levels.
 */

export type Topic = string & { readonly __brand: "Topic" };
export type TopicFilter = string & { readonly __brand: "TopicFilter" };

const MAX_BYTES = 65_535;
/** More levels than any known device uses, and few enough for fast matching. */
const MAX_LEVELS = 128;

const utf8Bytes = (text: string): number => {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
};

function parseCommon(text: string, what: "topic" | "topic filter"): Result<string> {
  if (text.length === 0) return err(`a ${what} must have at least one character [MQTT-4.7.3-1]`);
  if (text.includes("\u0000")) return err(`a ${what} must not contain the character NUL [MQTT-4.7.3-2]`);
  if (!text.isWellFormed())
    return err(`a ${what} must be well-formed UTF-8: it has half a surrogate pair [MQTT-1.5.4-1]`);
  if (utf8Bytes(text) > MAX_BYTES) return err(`a ${what} must not be longer than ${MAX_BYTES} bytes [MQTT-4.7.3-3]`);
  if (text.split("/").length > MAX_LEVELS) return err(`a ${what} must not have more than ${MAX_LEVELS} levels`);
  return ok(text);
}

/** A topic to publish on. Refuses wildcards, NUL, lone surrogates and long names: any of them blocks MQTT.js for good. */
export function parseTopic(text: string): Result<Topic> {
  const common = parseCommon(text, "topic");
  if (!common.ok) return common;
  if (/[+#]/.test(text)) return err('a topic must not contain the wildcards "+" or "#" [MQTT-3.3.2-2]');
  return ok(text as Topic);
}

/**
 * A topic that Telltale may publish on. Topics that start with "$" belong to the broker (MQTT 5 §4.7.2): Mosquitto's `$CONTROL` creates
 * users and changes their rights, so neither commands nor messages published by hand may use it.
 */
export function parsePublishTopic(text: string): Result<Topic> {
  const topic = parseTopic(text);
  if (topic.ok && text.startsWith("$"))
    return err(
      'topics that start with "$" belong to the broker, so Telltale does not publish on them: use another topic',
    );
  return topic;
}

/** A filter to subscribe to: "+" and "#" must fill a whole level, and "#" the last one. */
export function parseFilter(text: string): Result<TopicFilter> {
  const common = parseCommon(text, "topic filter");
  if (!common.ok) return common;
  const levels = text.split("/");
  for (const [i, level] of levels.entries()) {
    if (level.includes("#") && (level !== "#" || i !== levels.length - 1))
      return err('"#" must stand alone in the last level of a topic filter [MQTT-4.7.1-1]');
    if (level.includes("+") && level !== "+")
      return err('"+" must fill a whole level of a topic filter [MQTT-4.7.1-2]');
  }
  if (levels[0] === "$share") return err("a shared subscription ($share) is not a topic filter to register");
  return ok(text as TopicFilter);
}

export const hasWildcard = (filter: string): boolean => /(^|\/)(\+|#)(\/|$)/.test(filter);

const legal =
  (parse: (text: string) => Result<string>) =>
  (text: string, ctx: z.RefinementCtx): void => {
    const result = parse(text);
    if (!result.ok) ctx.addIssue({ code: "custom", message: result.error });
  };

export const TopicFilterSchema = z.string().superRefine(legal(parseFilter));
