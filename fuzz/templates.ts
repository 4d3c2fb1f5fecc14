import { compileTemplate } from "../lib/templates";
import { COMPARISONS } from "../lib/templates/evaluate";
import { filters } from "../lib/templates/filters";
import { FUNCTIONS } from "../lib/templates/globals";
import { METHODS } from "../lib/templates/methods";
import { SIGNS } from "../lib/templates/operators";
import { tests } from "../lib/templates/tests";
import type { Shape } from "./shapes";
import type { Target } from "./target";

/** What a template says for `x`, over and over until its steps are used up. */
const looped = (expression: string): string =>
  `{% set d = value_json %}{% for i in range(4000) %}{% set x = ${expression} %}{% endfor %}`;

/** Every entry of the language's tables, with each kind of argument that one may mind. */
function expressions(): string[] {
  const ARGUMENTS = ["", "value", "'a'", "'', 'ab'", "value, 'b'", "2", "d", "'upper'", "value, value"];
  const called = (name: string, args: string): string => (args === "" ? name : `${name}(${args})`);
  return [
    ...[...filters.keys()].flatMap((name) =>
      ARGUMENTS.flatMap((args) => [
        `value|${called(name, args)}`,
        `d|${called(name, args)}`,
        `i|${called(name, args)}`,
      ]),
    ),
    ...[...tests.keys()]
      .filter((name) => /^\w+$/.test(name))
      .flatMap((name) =>
        ["", "value", "d", "2", "'(a|b)*$'"].flatMap((args) => [
          `value is ${called(name, args)}`,
          `d is ${called(name, args)}`,
        ]),
      ),
    ...METHODS.flatMap((name) =>
      ARGUMENTS.flatMap((args) => [`value.${name}(${args})`, `d.${name}(${args})`, `now().${name}(${args})`]),
    ),
    ...[...SIGNS, ...Object.keys(COMPARISONS)].flatMap((sign) => [
      `value ${sign} value`,
      `value ${sign} 'a'`,
      `(value ~ 'b') ${sign} (value ~ 'b')`,
      `d ${sign} d`,
      `value ${sign} d`,
      `i ${sign} 3`,
      `'${"a".repeat(1000)}b' ${sign} value`,
    ]),
    ...FUNCTIONS.flatMap((name) => ARGUMENTS.map((args) => `${name}(${args})`)),
    ...PLAIN,
  ];
}

const PLAIN: readonly string[] = [
  "value[5]",
  "value[-1]",
  "value[1:]",
  "value[::-1]",
  "value[::2]",
  "d[5]",
  "d[1:]",
  "d[value]",
  "d['k1']",
  "d.k1",
  "{value: 1}",
  "{(value, value): 1}",
  "[value, value] == [value, value]",
  "((value, value), (value, value)) in d",
  "value if value else value",
  "not value",
  "-i",
  "value|regex_replace('a', 'bbbbbb')",
  "value|regex_search('(|||||)*$')",
  "value|regex_search('^^^^^^$$$$x')",
  "value|regex_search('(?:(?:a?)*)*b')",
  "value|regex_search('()()()()()()()()x')",
  "value|regex_search('[abcdefghijklmnopqrstuvwxyz0123456789]x')",
  "value|regex_findall('(a)(b)?')",
  "value|regex_findall('')",
  "value|regex_match('(.)(?=.*\\\\1)x')",
  "value.split('a')|length",
  "value|list|unique|length",
  "[value, value, value]|unique|list",
  "[value ~ 'a', value ~ 'b']|sort",
  "d|sort|first",
  "d|map('string')|join",
  "'%s%s' % (value, value)",
  "'%.2f %d %x' % (i, i, i)",
  "'{:.2f} {:03d}'.format(i, i)",
  "now().strftime('%T%F%R%T%F%R%T')",
  "value|from_json(default=none)",
  "(value ~ 'x')|from_json(default=none)",
  "namespace(a=value, b=d)",
];

const repeated = (name: string, head: string, unit: string, tail: string): Shape<string> => ({
  name,
  make: (size) => head + unit.repeat(Math.max(1, Math.floor((size - head.length - tail.length) / unit.length))) + tail,
});
const VALUES: readonly Shape<string>[] = [
  repeated("letters", "", "a", ""),
  repeated("digits and spaces", "", "1 ", ""),
  repeated("emoji", "", "😀", ""),
  repeated("tags", "", "<a", ""),
  repeated("list of numbers", "[", "1,", "1]"),
  repeated("list of texts", "[", '"ab",', '"ab"]'),
  {
    name: "members",
    make(size) {
      const parts: string[] = [];
      for (let i = 0, length = 2; length < size; i++, length += `"k${i}":"v",`.length) parts.push(`"k${i}":"v"`);
      return `{${parts.join(",")}}`;
    },
  },
];

/** Short payloads show what a call costs by itself, long ones what it costs by the length looked at. */
const SIZES = [12, 300, 8000, 60_000];

export const templateTargets = (): Target<string>[] =>
  expressions().flatMap((expression) => {
    const template = compileTemplate(looped(expression));
    if (!template.ok) return [];
    return SIZES.map((limit) => ({
      name: `template ${expression} over ${limit}`,
      shapes: VALUES,
      limit,
      read: (payload: string) => template.value.render(payload, {}, { now: Date.UTC(2026, 10, 24, 12) }),
    }));
  });
