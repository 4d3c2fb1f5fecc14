import { describe, expect, it } from "vitest";
import { Registration, type RegistrationInput } from "../registration";
import { inWords } from "../texts/said";
import { compiled, compileFault, NOW } from "./testing";

type Input = Omit<RegistrationInput, "id">;
const read = (input: Input, payload: Uint8Array | string) =>
  Object.fromEntries(
    compiled({ filter: "a", ...input })
      .read(typeof payload === "string" ? new TextEncoder().encode(payload) : payload, NOW)
      .map((o) => [o.slot.key ?? "", o.ok ? o.value : `${o.reject.code}: ${inWords(o.reject.message)}`]),
  );
const issue = (input: object) => {
  const parsed = Registration.safeParse({ id: "r", filter: "a", ...input });
  return parsed.success ? undefined : parsed.error.issues.map((i) => `/${i.path.join("/")}: ${i.message}`).join("; ");
};

describe("DC-49: a format that needs more than the bytes", () => {
  const struct: Input["struct"] = [
    { key: "temp", at: 0, type: "i16be", scale: 0.1 },
    { key: "hum", at: 2, type: "u8" },
  ];
  it("DC-132: paths look into what it gives as into JSON", () => {
    expect(read({ format: "bytes", struct, value: "$.temp" }, Uint8Array.of(0, 215, 40))).toEqual({ "": 21.5 });
    const values = { t: { value: "$.temp" }, h: { value: "$.hum" } };
    expect(read({ format: "bytes", struct, values }, Uint8Array.of(0, 215, 40))).toEqual({ t: 21.5, h: 40 });
    expect(read({ format: "bytes", struct, encoding: "base64", value: "$.temp" }, "ANco")).toEqual({ "": 21.5 });
    expect(read({ format: "cbor", encoding: "hex", value: "$.t" }, "a1617418fa")).toEqual({ "": 250 });
    expect(read({ format: "cbor", value: "$.t" }, "oops")[""]).toContain("not-format");
  });
  it("what is missing or does not belong is refused at its field", () => {
    expect(issue({ format: "bytes" })).toContain("/struct: format bytes needs struct");
    expect(issue({ format: "protobuf", proto: "x" })).toContain("/message: format protobuf needs message");
    expect(issue({ struct })).toContain("/struct: struct belongs to format: bytes");
    expect(issue({ format: "bytes", struct: [{ key: "t", at: 0, type: "i16" }] })).toContain(
      "/struct/0/type: i16 has several bytes: add their order, i16be",
    );
    expect(issue({ format: "bytes", struct: [{ key: "t", at: 0, type: "text" }] })).toContain("/struct/0/length");
    expect(issue({ format: "bytes", struct: [{ key: "t", at: 0, type: "bit" }] })).toContain("/struct/0/bit");
    expect(issue({ format: "bytes", struct: [{ key: "t", at: 0, type: "bool", scale: 2 }] })).toContain(
      "/struct/0/scale",
    );
    expect(issue({ format: "bytes", struct: [...(struct ?? []), ...(struct ?? [])] })).toContain("/struct/2/key");
    expect(issue({ jinja: "{{ value }}", encoding: "hex" })).toContain("/encoding: give either jinja or encoding");
    expect(compileFault({ filter: "a", format: "protobuf", proto: "oops", message: "M" }).pointer).toBe("/proto");
    expect(
      compileFault({ filter: "a", format: "protobuf", proto: "message M { optional int32 a = 1; }", message: "N" })
        .pointer,
    ).toBe("/message");
  });
});

describe("what is no reading, and whose message it is", () => {
  it("DC-52: what the device says without a reading is unknown, however it is written, before a transform", () => {
    const unknown = ["-127", "327.67", "no probe"];
    const of = (payload: string, more: Input = {}) => read({ unknown, type: "number", ...more }, payload)[""];
    for (const payload of ["-127", "-127.00", "−127 °C", "327.67", "no probe", " no probe ", '{"value": -127}'])
      expect([payload, of(payload)]).toEqual([payload, null]);
    expect(of("-126.9")).toBe(-126.9);
    expect(of("no probes")).toContain("wrong-type");
    expect(of("-127", { transform: "value * 2" })).toBeNull();
    expect(of("-63.5", { transform: "value * 2" })).toBe(-127);
    expect(of('{"t": 327.67}', { jinja: "{{ value_json.t }}" })).toBeNull();
    expect(
      read({ unknown: ["9"], values: { a: { value: "$.a" }, b: { value: "$.b", unknown: ["1"] } } }, '{"a":9,"b":9}'),
    ).toEqual({ a: null, b: 9 });
    expect(read({ unknown: ["off"], type: "boolean" }, "off")).toEqual({ "": null });
    expect(issue({ unknown: [] })).toContain("/unknown");
  });

  it("DC-126: words are for people: what is read, and so stored, has the value", () => {
    expect(read({ type: "boolean", words: { on: "open", off: "closed" } }, "ON")).toEqual({ "": true });
    expect(read({ type: "number", words: { "2": "heating" } }, "2")).toEqual({ "": 2 });
  });
  it("DC-53: only the messages of one device speak of it; what cannot be read stays a fault", () => {
    const one: Input = { when: 'payload.model == "X" && payload.id == 3', value: "$.t" };
    expect(read(one, '{"model": "X", "id": 3, "t": 21}')).toEqual({ "": 21 });
    expect(read(one, '{"model": "X", "id": 4, "t": 22}')).toEqual({});
    expect(read(one, '{"other": 1}')).toEqual({});
    expect(read(one, '{"model": "X", "id": 3}')[""]).toContain("no-match");
    expect(read({ ...one, format: "json" }, "{oops")[""]).toContain("not-json");
    expect(read({ when: "payload.id == 3", jinja: "{{ value_json.t }}" }, '{"id": 4, "t": 5}')).toEqual({});
    expect(compileFault({ filter: "a", when: "value > 3" })).toEqual({
      pointer: "/when",
      message: "there is no value here, only payload, at character 1",
    });
  });
});
