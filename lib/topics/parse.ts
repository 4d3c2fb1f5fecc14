import { z } from "zod";
import { err, ok, type Result } from "../result";
import { issueOf } from "../texts/issues";
import { type Said, type SaidText, say } from "../texts/said";

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

function parseCommon(text: string, what: SaidText): Result<string, Said> {
  if (text.length === 0) return err(say("topicName.empty", { what }));
  if (text.includes("\u0000")) return err(say("topicName.nul", { what }));
  if (!text.isWellFormed()) return err(say("topicName.malformed", { what }));
  if (utf8Bytes(text) > MAX_BYTES) return err(say("topicName.tooLong", { what, most: MAX_BYTES }));
  if (text.split("/").length > MAX_LEVELS) return err(say("topicName.tooDeep", { what, most: MAX_LEVELS }));
  return ok(text);
}

/** A topic to publish on. Refuses wildcards, NUL, lone surrogates and long names: any of them blocks MQTT.js for good. */
export function parseTopic(text: string): Result<Topic, Said> {
  const common = parseCommon(text, say("topicName.topic"));
  if (!common.ok) return common;
  if (/[+#]/.test(text)) return err(say("topicName.wildcards"));
  return ok(text as Topic);
}

/**
 * A topic that Telltale may publish on. Topics that start with "$" belong to the broker (MQTT 5 §4.7.2): Mosquitto's `$CONTROL` creates
 * users and changes their rights, so neither commands nor messages published by hand may use it.
 */
export function parsePublishTopic(text: string): Result<Topic, Said> {
  const topic = parseTopic(text);
  if (topic.ok && text.startsWith("$")) return err(say("topicName.ofBroker"));
  return topic;
}

/** A filter to subscribe to: "+" and "#" must fill a whole level, and "#" the last one. */
export function parseFilter(text: string): Result<TopicFilter, Said> {
  const common = parseCommon(text, say("topicName.filter"));
  if (!common.ok) return common;
  const levels = text.split("/");
  for (const [i, level] of levels.entries()) {
    if (level.includes("#") && (level !== "#" || i !== levels.length - 1)) return err(say("topicName.hashNotLast"));
    if (level.includes("+") && level !== "+") return err(say("topicName.plusNotAlone"));
  }
  if (levels[0] === "$share") return err(say("topicName.shared"));
  return ok(text as TopicFilter);
}

export const hasWildcard = (filter: string): boolean => /(^|\/)(\+|#)(\/|$)/.test(filter);

const legal =
  (parse: (text: string) => Result<string, Said>) =>
  (text: string, ctx: z.RefinementCtx): void => {
    const result = parse(text);
    if (!result.ok) ctx.addIssue(issueOf(result.error));
  };

export const TopicFilterSchema = z.string().superRefine(legal(parseFilter));
