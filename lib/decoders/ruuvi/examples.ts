import type { DecoderExample } from "../registry";

const message = (data: unknown, more: object = {}): string =>
  JSON.stringify({
    gw_mac: "C8:25:2D:8E:9C:2C",
    rssi: -26,
    aoa: [],
    gwts: "1653668027",
    ts: "1653668027",
    data,
    coords: "",
    ...more,
  });

export const examples: DecoderExample[] = [
  {
    name: "a tag says several things",
    payload: message("0201061BFF99040512FC5394C37C0004FFFC040CAC364200CDCBB8334C884F"),
    gives: { reject: "ambiguous" },
  },
  { name: "another maker's beacon", payload: message("02011A0AFF4C0010050B1C4F2A11"), gives: { reject: "not-format" } },
  {
    name: "a format that is not known",
    payload: message("0201060BFF990403291A1ECE1EFC18"),
    gives: { reject: "not-format" },
  },
  { name: "cut off", payload: message("0201061BFF99040512FC5394C37C"), gives: { reject: "not-format" } },
  { name: "too short for its format", payload: message("07FF99040512FC53"), gives: { reject: "not-format" } },
  { name: "no digits", payload: message("hello"), gives: { reject: "not-format" } },
  { name: "no data", payload: message(undefined), gives: { reject: "not-format" } },
  { name: "a list", payload: "[1]", gives: { reject: "not-format" } },
  { name: "words", payload: "online", gives: { reject: "not-format" } },
  { name: "nothing", payload: "", gives: { value: null } },
];
