import type { Json } from "../decoders/decoder";
import { memberStep } from "../jsonPath";

/** Names of members that say which device speaks: these are never a number of the message. */
export const NAMES_DEVICE =
  /^(mac|mac[-_ ]?addr(ess)?|addr(ess)?|dev[-_ ]?eui|eui|ieee[-_ ]?address|serial([-_ ]?(no|number))?|sn|uuid|device([-_ ]?(id|name|eui))?|sensor[-_ ]?(id|name)|node([-_ ]?(id|name))?|from)$/i;
/** These may also count messages: a device where one of them comes again. */
const MAY_NAME_DEVICE = /^(id|uid|channel|ch|unit|sender|source|src)$/i;
/** Tells devices apart together with another. */
const BESIDE = /^(model|type|brand|protocol)$/i;

/** Who spoke the newest message, where the messages of a topic are several devices'. */
export interface Speaker {
  /** CEL over `payload`, true for its messages. */
  when: string;
  /** For people: "Acurite 17". */
  label: string;
  /** Which of the messages are its own. */
  own: readonly boolean[];
}

type Member = string | number;

/** Undefined: one device speaks, as far as these messages tell. The newest last; undefined: it cannot be read as the newest is. */
export function speakerOf(messages: readonly (Json | undefined)[]): Speaker | undefined {
  if (messages.length < 2) return undefined;
  const documents = messages.map(membersOf);
  const newest = documents.at(-1);
  if (!newest) return undefined;
  const differs = (key: string): boolean => {
    const all = documents.flatMap((one) => (one?.has(key) ? [one.get(key)] : []));
    const kinds = new Set(all).size;
    return kinds > 1 && (NAMES_DEVICE.test(key) || kinds < all.length);
  };
  const keys = [...newest.keys()];
  const naming = keys
    .filter((key) => (NAMES_DEVICE.test(key) || MAY_NAME_DEVICE.test(key)) && differs(key))
    .slice(0, 2);
  if (naming.length === 0) return undefined;
  const telling = [...keys.filter((key) => BESIDE.test(key) && differs(key)).slice(0, 1), ...naming];
  const same = (one: ReadonlyMap<string, Member> | undefined): boolean =>
    one !== undefined && telling.every((key) => one.get(key) === newest.get(key));
  return {
    when: telling.map((key) => `payload${celStep(key)} == ${JSON.stringify(newest.get(key))}`).join(" && "),
    label: telling
      .map((key) => String(newest.get(key)))
      .join(" ")
      .slice(0, 100),
    own: documents.map(same),
  };
}

const celStep = (key: string): string =>
  memberStep(key) === `.${key}` && !RESERVED.has(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
const RESERVED = new Set(
  "true false null in as break const continue else for function if import let loop package namespace return var void while".split(
    " ",
  ),
);

function membersOf(json: Json | undefined): ReadonlyMap<string, Member> | undefined {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return undefined;
  return new Map(
    Object.entries(json).filter(
      (entry): entry is [string, Member] =>
        typeof entry[1] === "number" || (typeof entry[1] === "string" && entry[1].length <= 60),
    ),
  );
}
