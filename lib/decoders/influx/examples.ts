import type { DecoderExample } from "../registry";

export const examples: DecoderExample[] = [
  {
    name: "fields are several values",
    payload: "disk,host=a free=81230114816i,used_percent=41.27 1700000000000000000",
    gives: { reject: "ambiguous" },
  },
  { name: "without tags and time", payload: "stove temp=38.5", gives: { reject: "ambiguous" } },
  { name: "no fields", payload: "stove,command=Q1", gives: { reject: "not-format" } },
  { name: "a field without a value", payload: "stove temp=", gives: { reject: "not-format" } },
  { name: "a text without its end", payload: 'stove mode="eco', gives: { reject: "not-format" } },
  { name: "a word that is no value", payload: "stove temp=warm", gives: { reject: "not-format" } },
  { name: "a time that is none", payload: "stove temp=1 now", gives: { reject: "not-format" } },
  { name: "an empty tag", payload: "stove,command= temp=1", gives: { reject: "not-format" } },
  { name: "one line of two is none", payload: "stove temp=1\nstove", gives: { reject: "not-format" } },
  { name: "a number that is not finite", payload: "stove temp=1e999", gives: { reject: "not-format" } },
  { name: "words", payload: "all is well", gives: { reject: "not-format" } },
  { name: "a number", payload: "42.5", gives: { reject: "not-format" } },
  { name: "JSON", payload: '{"a": 1}', gives: { reject: "not-format" } },
  { name: "a comment alone", payload: "# nothing", gives: { reject: "not-format" } },
  { name: "nothing", payload: "", gives: { value: null } },
];
