import { describe, expect, it } from "vitest";
import { Registration, type RegistrationInput } from "../registration";
import { compiled, compileFault, NOW } from "./testing";

type Input = Omit<RegistrationInput, "id">;
const read = (input: Input, payload: Uint8Array | string) =>
  Object.fromEntries(
    compiled({ filter: "a", ...input })
      .read(typeof payload === "string" ? new TextEncoder().encode(payload) : payload, NOW)
      .map((o) => [o.slot.key ?? "", o.ok ? o.value : `${o.reject.code}: ${o.reject.message}`]),
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
  it("paths look into what it gives as into JSON", () => {
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
      "/struct/0/type: i16 has several bytes: say their order, i16be",
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
