import type { DecoderExample } from "../registry";

const spellings = (words: string[], value: boolean): DecoderExample[] =>
  words.map((payload) => ({ name: payload, payload, gives: { value } }));

export const examples: DecoderExample[] = [
  ...spellings(["ON", "on", "On", "true", "True", "1", "yes", "online", "Online", "open"], true),
  ...spellings(["OFF", "off", "false", "False", "0", "No", "offline", "Offline", "closed"], false),
  { name: "a line end", payload: "ON\n", gives: { value: true } },
  { name: "its own payloads", payload: "RUN", want: { payloads: { on: "RUN", off: "HALT" } }, gives: { value: true } },
  {
    name: "its own, in another case",
    payload: "halt",
    want: { payloads: { on: "RUN", off: "HALT" } },
    gives: { value: false },
  },
  { name: "its own come first", payload: "0", want: { payloads: { on: "0", off: "1" } }, gives: { value: true } },
  {
    name: "its own that differ in case",
    payload: "a",
    want: { payloads: { on: "A", off: "a" } },
    gives: { value: false },
  },
  {
    name: "the usual words beside its own",
    payload: "off",
    want: { payloads: { on: "RUN", off: "HALT" } },
    gives: { value: false },
  },
  { name: "nothing", payload: "", gives: { value: null } },
  { name: "unavailable", payload: "unavailable", gives: { value: null } },
  { name: "another number", payload: "2", gives: { reject: "wrong-type" } },
  { name: "a word that says neither", payload: "heat", gives: { reject: "wrong-type" } },
];
