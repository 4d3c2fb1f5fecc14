import { describe, expect, it } from "vitest";
import { encodeCommand } from "../decoders/sparkplug/payload";
import { inWords } from "../texts/said";
import { createDiscovery } from "./discovery";

const NOW = Date.UTC(2026, 10, 24, 12);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A birth lists metrics as a command does. */
function birth(name: string): Uint8Array {
  const made = encodeCommand({ name, alias: undefined, datatype: 10, value: 1.5, at: NOW });
  if (!made.ok) throw new Error(inWords(made.error));
  return made.value;
}

function world() {
  const discovery = createDiscovery();
  return {
    say: (topic: string, payload: Uint8Array | string): void =>
      void discovery.handle(topic, typeof payload === "string" ? bytes(payload) : payload, NOW, false),
    withdrawn: () =>
      Object.fromEntries(discovery.devices().map(({ name, withdrawn }) => [name, withdrawn && inWords(withdrawn)])),
    entities: () =>
      discovery
        .devices()
        .flatMap(({ entities }) => entities.map(({ name, withdrawn }) => [name, withdrawn && inWords(withdrawn)])),
  };
}

describe("what is taken back", () => {
  it("DV-100: a Sparkplug device's death marks it, its node's marks all below, and a birth brings each back", () => {
    const { say, withdrawn } = world();
    say("spBv1.0/plant/NBIRTH/n", birth("Temp"));
    say("spBv1.0/plant/DBIRTH/n/pump", birth("Speed"));
    say("spBv1.0/plant/DBIRTH/n/fan", birth("Speed"));
    say("spBv1.0/plant/NBIRTH/n2", birth("Temp"));
    say("spBv1.0/plant/DDEATH/n/pump", "");
    expect(withdrawn()).toEqual({
      n: undefined,
      "n/pump": "the device's death was announced",
      "n/fan": undefined,
      n2: undefined,
    });
    say("spBv1.0/plant/NDEATH/n", "");
    const gone = "the edge node's death was announced";
    expect(withdrawn()).toEqual({ n: gone, "n/pump": gone, "n/fan": gone, n2: undefined });
    say("spBv1.0/plant/NBIRTH/n", birth("Temp"));
    say("spBv1.0/plant/DBIRTH/n/pump", birth("Speed"));
    expect(withdrawn()).toEqual({ n: undefined, "n/pump": undefined, "n/fan": gone, n2: undefined });
  });

  it("DV-100: what moves into its device's own announcement is marked there and found here, and makes no device", () => {
    const { say, entities, withdrawn } = world();
    const dev = { ids: "d", name: "D" };
    say("homeassistant/sensor/t/config", JSON.stringify({ name: "T", uniq_id: "t", stat_t: "t", dev }));
    say("homeassistant/sensor/t/config", JSON.stringify({ migr_discvry: true }));
    expect(entities()).toEqual([["T", "its announcement was taken back"]]);
    say(
      "homeassistant/device/d/config",
      JSON.stringify({ dev, o: { name: "x" }, "~": "base", cmps: { t: { p: "sensor", name: "T", stat_t: "~/t" } } }),
    );
    say("homeassistant/sensor/t/config", "");
    expect(withdrawn()).toEqual({ D: undefined });
    expect(entities()).toEqual([
      ["T", "its announcement was taken back"],
      ["T", undefined],
    ]);
  });

  it("DV-100: an empty device announcement takes back all that it held", () => {
    const { say, withdrawn } = world();
    const cmps = { a: { p: "sensor", name: "A", stat_t: "a" }, b: { p: "switch", name: "B", cmd_t: "b" } };
    say("homeassistant/device/d/config", JSON.stringify({ dev: { ids: "d", name: "D" }, o: { name: "x" }, cmps }));
    say("homeassistant/device/d/config", "");
    expect(withdrawn()).toEqual({ D: "its announcement was taken back" });
  });
});
