import { say } from "../texts/said";
import type { Budget } from "./budget";
import { TemplateFault } from "./values";

/**
 * The subset of Python's regular expressions that templates use, as a backtracking matcher that counts its steps. JavaScript's own
 * engine cannot be interrupted: a pattern such as `(a+)+$` in a discovery config would block the whole server.
 */
export interface Regex {
  readonly groups: number;
  /** The first match at `from` or later: [start, end, group 1 start, group 1 end, …], with -1 for a group that did not participate. */
  exec(text: string, from: number, budget: Budget, mode?: "search" | "match"): number[] | undefined;
}

type Captures = number[];
/** Matches the rest of the pattern from `at`; true if it matched. */
type Next = (at: number) => boolean;
interface Run {
  text: string;
  captures: Captures;
  budget: Budget;
  depth: number;
}
type Node = (run: Run, at: number, next: Next) => boolean;

/** What is wrong with a pattern: the branches of the text template.regexFault. */
type PatternFault =
  | "levels"
  | "nameless"
  | "reference"
  | "group"
  | "unknown"
  | "kind"
  | "backslash"
  | "set"
  | "range"
  | "repeat"
  | "bracket";

const MAX_PATTERN = 2000;
const MAX_DEPTH = 3000;

export function compileRegex(pattern: string, ignoreCase = false): Regex {
  if (pattern.length > MAX_PATTERN) throw new TemplateFault(say("template.regexTooLong"));
  const parser = createParser(pattern, ignoreCase);
  const root = parser.parse();
  const groups = parser.groups();
  return {
    groups,
    exec(text, from, budget, mode = "search") {
      const last = mode === "match" ? from : text.length;
      for (let start = from; start <= last; start++) {
        // Each start position is charged even if nothing matches there, because it allocates the captures.
        budget.spend(1 + Math.ceil(groups / 4));
        const run: Run = { text, captures: Array<number>(2 * groups + 2).fill(-1), budget, depth: 0 };
        let end = -1;
        const done: Next = (at) => {
          end = at;
          return true;
        };
        if (root(run, start, done)) {
          run.captures[0] = start;
          run.captures[1] = end;
          return run.captures;
        }
      }
      return undefined;
    },
  };
}

type CharTest = (char: string) => boolean;
const DIGIT: CharTest = (c) => /\p{Nd}/u.test(c);
const WORD: CharTest = (c) => /[\p{L}\p{N}_]/u.test(c);
const SPACE: CharTest = (c) => /\s/.test(c);
const CLASSES: Record<string, CharTest> = {
  d: DIGIT,
  D: (c) => !DIGIT(c),
  w: WORD,
  W: (c) => !WORD(c),
  s: SPACE,
  S: (c) => !SPACE(c),
};
const LETTERS: Record<string, string> = { n: "\n", r: "\r", t: "\t", f: "\f", v: "\v" };

function createParser(pattern: string, startIgnoreCase: boolean) {
  let at = 0;
  let count = 0;
  let nesting = 0;
  let ignoreCase = startIgnoreCase;
  const names = new Map<string, number>();
  const fail = (what: PatternFault): never => {
    throw new TemplateFault(say("template.regexFault", { pattern: pattern.slice(0, 60), what }));
  };

  /** A node that consumes no character is charged too, because a pattern may contain a thousand of them in a row. */
  const zeroWidth =
    (holds: (run: Run, pos: number) => boolean): Node =>
    (run, pos, next) => {
      run.budget.spend(1);
      return holds(run, pos) && next(pos);
    };
  const single =
    (test: CharTest, cost = 1): Node =>
    (run, pos, next) => {
      run.budget.spend(cost);
      return pos < run.text.length && test(run.text[pos] as string) && next(pos + 1);
    };
  const literal = (char: string): Node => {
    const fold = char.toLowerCase();
    return single(ignoreCase ? (c) => c.toLowerCase() === fold : (c) => c === char);
  };

  function alternatives(): Node {
    if (++nesting > 50) fail("levels");
    const branches = [sequence()];
    while (pattern[at] === "|") {
      at++;
      branches.push(sequence());
    }
    nesting--;
    if (branches.length === 1) return branches[0] as Node;
    return (run, pos, next) =>
      branches.some((branch) => {
        run.budget.spend(1);
        return branch(run, pos, next);
      });
  }

  function sequence(): Node {
    const items: Node[] = [];
    while (at < pattern.length && pattern[at] !== "|" && pattern[at] !== ")") items.push(quantified());
    return items.reduceRight<Node>(
      (rest, item) => (run, pos, next) => item(run, pos, (behind) => rest(run, behind, next)),
      (_run, pos, next) => next(pos),
    );
  }

  function quantified(): Node {
    const item = atom();
    const m = /^(?:\*|\+|\?|\{(\d{0,4})(,?)(\d{0,4})\})/.exec(pattern.slice(at, at + 12));
    if (!m || m[0] === "{}" || m[0] === "{,}") return item;
    at += m[0].length;
    const lazy = pattern[at] === "?";
    if (lazy) at++;
    const sign = m[0][0];
    const min = sign === "{" ? Number(m[1] || 0) : sign === "+" ? 1 : 0;
    const max = sign === "?" ? 1 : sign !== "{" ? Infinity : m[2] === "" ? min : m[3] === "" ? Infinity : Number(m[3]);
    return repeat(item, min, max, lazy);
  }

  function repeat(item: Node, min: number, max: number, lazy: boolean): Node {
    const step = (run: Run, pos: number, done: number, next: Next): boolean => {
      run.budget.spend(1);
      if (++run.depth > MAX_DEPTH) throw new TemplateFault(say("template.regexTooDeep"));
      const more = (): boolean =>
        // A repetition that consumed nothing would never end.
        done < max && item(run, pos, (behind) => (behind > pos || done < min) && step(run, behind, done + 1, next));
      const answer = done < min ? more() : lazy ? next(pos) || more() : more() || next(pos);
      run.depth--;
      return answer;
    };
    return (run, pos, next) => step(run, pos, 0, next);
  }

  function group(): Node {
    if (pattern[at] !== "?") return capture();
    at++;
    if (pattern.startsWith("P<", at) || /^<[A-Za-z_]/.test(pattern.slice(at, at + 2))) {
      const m = /^P?<([A-Za-z_]\w*)>/.exec(pattern.slice(at)) ?? fail("nameless");
      at += m[0].length;
      names.set(m[1] as string, count + 1);
      return capture();
    }
    if (pattern.startsWith("P=", at)) {
      const m = /^P=(\w+)/.exec(pattern.slice(at)) ?? fail("reference");
      at += m[0].length;
      if (pattern[at++] !== ")") fail("group");
      return back(names.get(m[1] as string) ?? fail("unknown"));
    }
    const flags = /^[aimsux]+\)/.exec(pattern.slice(at));
    if (flags) {
      at += flags[0].length;
      if (flags[0].includes("i")) ignoreCase = true;
      return zeroWidth(() => true);
    }
    const kind = pattern[at++];
    const inner = alternatives();
    if (pattern[at++] !== ")") fail("group");
    if (kind === ":") return inner;
    if (kind === "=") return zeroWidth((run, pos) => inner(run, pos, () => true));
    if (kind === "!") return zeroWidth((run, pos) => !inner(run, pos, () => true));
    return fail("kind");
  }

  function capture(): Node {
    const index = ++count;
    const inner = alternatives();
    if (pattern[at++] !== ")") fail("group");
    return (run, pos, next) => {
      run.budget.spend(1);
      const { captures } = run;
      const before = [captures[2 * index] as number, captures[2 * index + 1] as number] as const;
      const matched = inner(run, pos, (behind) => {
        const inside = [captures[2 * index] as number, captures[2 * index + 1] as number] as const;
        captures[2 * index] = pos;
        captures[2 * index + 1] = behind;
        if (next(behind)) return true;
        [captures[2 * index], captures[2 * index + 1]] = inside;
        return false;
      });
      if (!matched) [captures[2 * index], captures[2 * index + 1]] = before;
      return matched;
    };
  }

  const back =
    (index: number): Node =>
    (run, pos, next) => {
      const start = run.captures[2 * index] as number;
      if (start < 0) return false;
      const said = run.text.slice(start, run.captures[2 * index + 1]);
      run.budget.spend(1 + said.length);
      return run.text.startsWith(said, pos) && next(pos + said.length);
    };

  const boundary = (wanted: boolean): Node =>
    zeroWidth((run, pos) => {
      const before = pos > 0 && WORD(run.text[pos - 1] as string);
      const behind = pos < run.text.length && WORD(run.text[pos] as string);
      return (before !== behind) === wanted;
    });

  function escaped(): Node {
    const char = pattern[at++] ?? fail("backslash");
    const test = CLASSES[char];
    if (test) return single(test);
    if (char === "b" || char === "B") return boundary(char === "b");
    if (char === "A") return zeroWidth((_run, pos) => pos === 0);
    if (char === "Z") return zeroWidth((run, pos) => pos === run.text.length);
    if (/[1-9]/.test(char)) return back(Number(char));
    return literal(LETTERS[char] ?? char);
  }

  function set(): Node {
    const negative = pattern[at] === "^";
    if (negative) at++;
    const tests: CharTest[] = [];
    for (let first = true; first || pattern[at] !== "]"; first = false) {
      if (at >= pattern.length) fail("set");
      const low = setChar();
      if (typeof low !== "string") {
        tests.push(low);
        continue;
      }
      if (pattern[at] !== "-" || pattern[at + 1] === "]" || at + 1 >= pattern.length) {
        tests.push((c) => c === low);
        continue;
      }
      at++;
      const high = setChar();
      if (typeof high !== "string" || high < low) return fail("range");
      tests.push((c) => c >= low && c <= high);
    }
    at++;
    const hit: CharTest = (c) => tests.some((test) => test(c));
    const any: CharTest = ignoreCase ? (c) => hit(c.toLowerCase()) || hit(c.toUpperCase()) : hit;
    return single(negative ? (c) => !any(c) : any, 1 + Math.ceil(tests.length / (ignoreCase ? 4 : 8)));
  }

  function setChar(): string | CharTest {
    const char = pattern[at++] as string;
    if (char !== "\\") return char;
    const sign = pattern[at++] ?? fail("backslash");
    return CLASSES[sign] ?? LETTERS[sign] ?? sign;
  }

  function atom(): Node {
    const char = pattern[at++] as string;
    if (char === "(") return group();
    if (char === "[") return set();
    if (char === "\\") return escaped();
    if (char === ".") return single((c) => c !== "\n");
    if (char === "^") return zeroWidth((_run, pos) => pos === 0);
    if (char === "$")
      return zeroWidth(({ text }, pos) => pos === text.length || (pos === text.length - 1 && text[pos] === "\n"));
    if (char === "*" || char === "+" || char === "?") return fail("repeat");
    return literal(char);
  }

  return {
    parse(): Node {
      const root = alternatives();
      if (at < pattern.length) fail("bracket");
      return root;
    },
    groups: () => count,
  };
}
