import type { DecoderExample } from "../registry";

const hex = (text: string): number[] => (text.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));

export const examples: DecoderExample[] = [
  { name: "a small integer", payload: hex("7f"), gives: { value: 127 } },
  { name: "a small negative integer", payload: hex("e0"), gives: { value: -32 } },
  { name: "an integer of two bytes", payload: hex("d1ff38"), gives: { value: -200 } },
  {
    name: "the largest integer keeps its digits",
    payload: hex("cfffffffffffffffff"),
    gives: { value: "18446744073709551615" },
  },
  {
    name: "the least integer keeps its digits",
    payload: hex("d38000000000000000"),
    gives: { value: "-9223372036854775808" },
  },
  { name: "a single has its own digits", payload: hex("ca41aa6666"), gives: { value: 21.3 } },
  { name: "a double", payload: hex("cbc010666666666666"), gives: { value: -4.1 } },
  { name: "NaN is no number", payload: hex("ca7fc00000"), gives: { reject: "wrong-type" } },
  { name: "false", payload: hex("c2"), gives: { value: false } },
  { name: "nil is unknown", payload: hex("c0"), gives: { value: null } },
  { name: "a text", payload: hex("a2c3bc"), gives: { value: "ü" } },
  { name: "bytes as hexadecimal", payload: hex("c403010203"), want: { type: "text" }, gives: { value: "010203" } },
  { name: "a time of 32 bits", payload: hex("d6ff514b67b0"), gives: { value: "2013-03-21T20:04:00.000Z" } },
  { name: "a time of 64 bits", payload: hex("d7ff77359400514b67b0"), gives: { value: "2013-03-21T20:04:00.500Z" } },
  {
    name: "a time of 96 bits",
    payload: hex("c70cff1dcd650000000000514b67b0"),
    gives: { value: "2013-03-21T20:04:00.500Z" },
  },
  { name: "one value in a wrapper", payload: hex("81a576616c7565ccfa"), gives: { value: 250 } },
  { name: "a map with choices", payload: hex("82a17401a16802"), gives: { reject: "ambiguous" } },
  { name: "JSON is no MessagePack", payload: '{"t":21.5}', gives: { reject: "not-format" } },
  { name: "nothing", payload: "", gives: { value: null } },
  { name: "cut off", payload: hex("cd01"), gives: { reject: "not-format" } },
  { name: "something behind it", payload: hex("0700"), gives: { reject: "not-format" } },
  { name: "a head that is never used", payload: hex("c1"), gives: { reject: "not-format" } },
  { name: "a bomb: a list of 2^32 items", payload: hex("ddffffffff"), gives: { reject: "not-format" } },
  { name: "a bomb: a map of 2^32 members", payload: hex("dfffffffff"), gives: { reject: "not-format" } },
  { name: "a bomb: lists within lists", payload: Array<number>(5000).fill(0x91), gives: { reject: "too-deep" } },
];
