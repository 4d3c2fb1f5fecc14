import { dropUndefined } from "../dropUndefined";
import type { AnnouncedEntity, Proposal } from "./announced";
import type { Message } from "./message";
import { single } from "./proposals";
import { isWord, plainNumber, shortText } from "./scalar";

/** What a topic with one plain value means: a row of a convention's table. */
export interface Leaf {
  name: string;
  unit?: string;
  /** Absent: a number. */
  is?: "text" | "flag";
  /** Of a flag: the payloads, where they are not true and false. */
  payloads?: { on: string; off: string };
  /** What people read instead of the value. */
  words?: Proposal["words"];
  /** People rarely look at it. */
  diagnostic?: boolean;
}

const PLAIN = { on: "true", off: "false" };

/** The entity of such a topic; undefined where its payload is not what the table says. */
export function leafEntity(key: string, leaf: Leaf, common: Proposal, message: Message): AnnouncedEntity | undefined {
  const { name, unit, is, payloads = PLAIN, words, diagnostic } = leaf;
  const entity = { key, name, ...(diagnostic && { category: "diagnostic" as const }) };
  if (is === "flag")
    return isWord(message, payloads.on, payloads.off)
      ? single(
          { ...entity, kind: "binary_sensor" },
          dropUndefined<Proposal>({ ...common, type: "boolean", payloads, words }),
        )
      : undefined;
  if (is === "text")
    return shortText(message) === undefined
      ? undefined
      : single({ ...entity, kind: "sensor" }, dropUndefined<Proposal>({ ...common, type: "text", words }));
  return plainNumber(message) === undefined
    ? undefined
    : single({ ...entity, kind: "sensor" }, dropUndefined<Proposal>({ ...common, type: "number", unit, words }));
}
