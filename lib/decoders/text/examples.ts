import type { DecoderExample } from "../registry";

export const examples: DecoderExample[] = [
  { name: "a word", payload: "heat", gives: { value: "heat" } },
  { name: "what looks like a number", payload: "01317", gives: { value: "01317" } },
  { name: "what looks like nothing", payload: "none", gives: { value: "none" } },
  { name: "JSON as it is", payload: '{"a": 1}', gives: { value: '{"a": 1}' } },
  { name: "markup as it is", payload: "<b>hi</b>", gives: { value: "<b>hi</b>" } },
  { name: "nothing", payload: "", gives: { value: null } },
  { name: "spaces are nothing", payload: "  ", gives: { value: null } },
  { name: "half a character", payload: [0x61, 0xc3], gives: { reject: "not-utf8" } },
];
