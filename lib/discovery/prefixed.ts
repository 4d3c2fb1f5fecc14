import type { Book } from "./book";
import { boundedMap, type Convention } from "./convention";
import type { Message } from "./message";
import type { ConventionId } from "./registry";

/** What a message below the prefix tells by its shape. */
export interface PrefixMark {
  /** A filter below the prefix: "+/detect/state". */
  below: string;
  /** What it is evidence of. */
  mark: string;
  /** Whether its payload is what it should be. */
  fits(message: Message, below: readonly string[]): boolean;
}

/** A convention whose topics are all below one prefix, which its owner can choose. */
export interface PrefixedConvention {
  id: ConventionId;
  label: string;
  /** The prefixes that are subscribed to; others are found in a sample. */
  prefixes: readonly string[];
  marks: readonly PrefixMark[];
  /** Whether these marks leave no doubt of what speaks below the prefix. Nothing is found before, below a usual prefix neither. */
  isClear(marks: ReadonlySet<string>, isUsual: boolean): boolean;
  create(book: Book): (prefix: string, below: readonly string[], message: Message) => void;
  repeats?: Convention["repeats"];
}

/** How many levels a prefix may have: "site/home/attic". */
const DEEPEST = 3;
const MAX_PREFIXES = 500;
const MAX_CLEAR = 100;
/** What is said below a usual prefix before it is clear who speaks. */
const MAX_WAITING = 2000;
const MAX_WAITING_BYTES = 8 * 1024;

/** The usual prefixes are subscribed to; others are recognised by their shape, and subscribed to then. */
export function prefixed({ prefixes, marks, isClear, create, ...rest }: PrefixedConvention): Convention {
  const depths = Array.from({ length: DEEPEST }, (_, i) => i + 1);
  const shaped = marks.map((mark) => ({ ...mark, levels: mark.below.split("/") }));
  return {
    ...rest,
    filters: prefixes.map((prefix) => `${prefix}/#`),
    shapes: [...new Set(depths.flatMap((depth) => marks.map(({ below }) => `${"+/".repeat(depth)}${below}`)))],
    create(book, ask) {
      const read = create(book);
      const seen = boundedMap<Set<string>>(MAX_PREFIXES);
      const clear = new Set<string>();
      const waiting = boundedMap<Message>(MAX_WAITING);

      function look(prefix: string, below: readonly string[], message: Message, usual: boolean): void {
        const fitting = shaped.filter((one) => matches(one.levels, below) && one.fits(message, below));
        if (fitting.length === 0 && !usual) return;
        const found = seen.open(prefix, () => new Set());
        for (const { mark } of fitting) found.add(mark);
        if (usual && message.payload.length <= MAX_WAITING_BYTES) waiting.set(message.topic, message);
        if (!isClear(found, usual) || clear.size >= MAX_CLEAR) return;
        clear.add(prefix);
        if (!usual) {
          ask(`${prefix}/#`);
          return;
        }
        for (const [topic, one] of [...waiting.entries()]) {
          if (!topic.startsWith(`${prefix}/`)) continue;
          waiting.delete(topic);
          read(prefix, one.levels.slice(prefix.split("/").length), one);
        }
        if (message.payload.length > MAX_WAITING_BYTES) read(prefix, below, message);
      }

      return (message) => {
        const at = depths.map((depth) => message.levels.slice(0, depth).join("/"));
        const known = at.findIndex((prefix) => clear.has(prefix));
        if (known >= 0) return read(at[known] as string, message.levels.slice(known + 1), message);
        const usual = at.findIndex((prefix) => prefixes.includes(prefix));
        for (const [i, prefix] of at.entries())
          if (usual < 0 || i === usual) look(prefix, message.levels.slice(i + 1), message, i === usual);
      };
    },
  };
}

/** "+" matches one level; there is no "#" in a mark. */
const matches = (filter: readonly string[], levels: readonly string[]): boolean =>
  filter.length === levels.length && filter.every((level, i) => level === "+" || level === levels[i]);
