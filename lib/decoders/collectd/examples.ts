import type { DecoderExample } from "../registry";

export const examples: DecoderExample[] = [
  { name: "one value, with the NUL that collectd sends", payload: "1700000000.123:42.5\u0000", gives: { value: 42.5 } },
  { name: "without it", payload: "1700000000:0", gives: { value: 0 } },
  { name: "an exponent", payload: "1700000000.000:1.5e+02\u0000", gives: { value: 150 } },
  { name: "undefined", payload: "1700000000.123:U\u0000", gives: { value: null } },
  { name: "not a number", payload: "1700000000.123:nan\u0000", gives: { value: null } },
  { name: "several are several", payload: "1700000000.123:0.1:0.2:0.3\u0000", gives: { reject: "ambiguous" } },
  { name: "a clock", payload: "12:30", gives: { reject: "not-format" } },
  { name: "a plain number", payload: "42.5", gives: { reject: "not-format" } },
  { name: "words", payload: "1700000000.123:on", gives: { reject: "not-format" } },
  { name: "nothing behind the colon", payload: "1700000000.123:", gives: { reject: "not-format" } },
  { name: "nothing", payload: "", gives: { value: null } },
  { name: "a list", payload: "[1, 2]", gives: { reject: "not-format" } },
];
