import fc from "fast-check";
import protobuf from "protobufjs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { inWords } from "../../texts/said";
import { saying } from "../../texts/said.harness";
import { protobufDecoder } from ".";
import { PLANT } from "./examples";

const decoderOf = (proto: string, message: string) => {
  const made = protobufDecoder(proto, message);
  if (!made.ok) throw new Error(inWords(made.error.message));
  return made.value;
};
const read = (proto: string, message: string, bytes: Uint8Array | number[]) => {
  const made = decoderOf(proto, message).decode(Uint8Array.from(bytes));
  return made.ok ? made.value : `${made.error.code}: ${inWords(made.error.message)}`;
};

describe("DC-44: Protocol Buffers by the text of a .proto", () => {
  // What another library writes: made before Function is taken away, since protobufjs makes its encoders with it.
  const { root } = protobuf.parse(PLANT, { keepCase: true });
  root.addJSON(protobuf.common.get("google/protobuf/timestamp.proto")?.nested ?? {});
  const Reading = root.lookupType("plant.Reading");
  const write = (value: object): Uint8Array => Reading.encode(Reading.fromObject(value)).finish();
  const bytes = write({
    temp: 21.3,
    energy: "9007199254740993",
    delta: -5,
    samples: [1, 2, 300],
    state: "RUNNING",
    limits: { min: { value: 1.5 } },
    at: { seconds: 1_700_000_000, nanos: 500_000_000 },
    id: Uint8Array.of(1, 0xab),
    note: "ü",
  });

  describe("without making code", () => {
    beforeEach(() => {
      vi.stubGlobal("Function", () => {
        throw new Error("code was made from text");
      });
    });
    afterEach(() => {
      vi.unstubAllGlobals();
    });
    it("DC-117: reads scalars, lists, maps, enums, nested messages and times", () => {
      expect(read(PLANT, "plant.Reading", bytes)).toEqual({
        temp: 21.3,
        energy: "9007199254740993",
        delta: -5,
        samples: [1, 2, 300],
        state: "RUNNING",
        limits: { min: { value: 1.5 } },
        at: "2023-11-14T22:13:20.500Z",
        id: "01ab",
        note: "ü",
        on: false,
      });
    });
  });

  it("DC-118: a plain field that is left out is its zero, one of a choice is absent", () => {
    expect(read(PLANT, "plant.Reading", write({ on: true }))).toEqual({
      temp: 0,
      energy: 0,
      delta: 0,
      state: "UNKNOWN",
      id: "",
      on: true,
    });
  });
  it("proto2 leaves absent what is absent, and lists may stand one by one", () => {
    const proto = 'syntax = "proto2"; message M { optional int32 a = 1; repeated int32 b = 2; }';
    expect(read(proto, "M", [0x10, 0x01, 0x10, 0x02])).toEqual({ b: [1, 2] });
  });
  it("DC-118: makes up no zeros: nothing, other fields, other types and cut payloads are refused", () => {
    expect(read(PLANT, "plant.Reading", [])).toContain("not-format: the payload is empty");
    expect(read(PLANT, "plant.Reading", [0xf8, 0x01, 0x01])).toContain("none of its fields is one of plant.Reading");
    expect(read(PLANT, "plant.Reading", [0x08, 0x01])).toContain("the field temp is of another type");
    expect(read(PLANT, "plant.Reading", [0x0d, 0x00])).toContain("cut off");
    expect(read(PLANT, "plant.Reading", new TextEncoder().encode('{"temp":1}'))).toContain("not-format");
  });
  it("a message that holds itself is read to a depth and no deeper", () => {
    const proto = 'syntax = "proto3"; message M { M m = 1; int32 n = 2; }';
    let bytes: number[] = [0x10, 7];
    for (let i = 0; i < 20; i++) bytes = [0x0a, bytes.length, ...bytes];
    expect(JSON.stringify(read(proto, "M", bytes))).toContain('"n":7');
    for (let i = 0; i < 30; i++) bytes = [0x0a, bytes.length, ...bytes];
    const deep = [...Array(70)].reduce<number[]>(
      (inner) => [
        0x0a,
        ...(inner.length < 128 ? [inner.length] : [(inner.length & 0x7f) | 0x80, inner.length >> 7]),
        ...inner,
      ],
      [0x10, 7],
    );
    expect(read(proto, "M", deep)).toContain("too-deep");
  });
  it.each([
    ["this is no proto", "M", "proto", "not the text of a .proto"],
    ['syntax = "proto3"; message M { Missing m = 1; }', "M", "proto", "has the type Missing"],
    ['syntax = "proto3"; import "other.proto"; message M { int32 a = 1; }', "M", "proto", "it imports other.proto"],
    ['syntax = "proto3"; package p; message M { int32 a = 1; }', "M", "message", "it has p.M"],
  ])("says what is wrong with %s", (proto, message, field, says) => {
    expect(protobufDecoder(proto, message)).toMatchObject({ error: { field, message: saying(says) } });
  });
  it("reads any bytes or refuses them", () => {
    const decoder = decoderOf(PLANT, "plant.Reading");
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const made = decoder.decode(bytes);
        if (!made.ok) expect(inWords(made.error.message)).not.toBe("");
      }),
      { numRuns: 1000 },
    );
  });
  it("takes any text for a .proto, or refuses it", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            ...'syntax = "proto3"; message M { enum oneof map<string,M> 1 2 } ; repeated option (a).b = ['.split(" "),
          ),
        ),
        (words) => {
          protobufDecoder(words.join(" "), "M");
        },
      ),
    );
  });
});
