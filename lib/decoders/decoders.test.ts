import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { inWords } from "../texts/said";
import { saying } from "../texts/said.harness";
import { suggestPaths } from "./coerce";
import { type DecoderExample, decoders, decodeValue, formats, type PlainDecoderId, plainDecoderIds } from "./registry";

const bytes = (payload: DecoderExample["payload"]): Uint8Array =>
  typeof payload === "string" ? new TextEncoder().encode(payload) : Uint8Array.from(payload);

/** Those of each folder that has some. */
const found = import.meta.glob<readonly DecoderExample[] | undefined>("./*/examples.ts", {
  eager: true,
  import: "examples",
});
const examplesOf = (id: PlainDecoderId): readonly DecoderExample[] => found[`./${id}/examples.ts`] ?? [];

test("DC-140: every format is found by the name of its folder, and each that needs nothing but the bytes has examples", () => {
  for (const [id, format] of Object.entries(formats)) expect(format.id).toBe(id);
  expect(plainDecoderIds.filter((id) => examplesOf(id).length === 0)).toEqual([]);
});

describe.each(plainDecoderIds)("format %s", (id) => {
  it.each(examplesOf(id))("DC-1: $name", ({ payload, want, gives }) => {
    const read = decodeValue(id, bytes(payload), want);
    if ("reject" in gives) expect(read).toMatchObject({ ok: false, reject: { code: gives.reject } });
    else expect(read).toEqual({ ok: true, ...gives });
  });
});

describe("what a payload without a format is read as", () => {
  type Want = DecoderExample["want"];
  const auto = (payload: DecoderExample["payload"], want?: Want) => {
    const read = decodeValue("auto", bytes(payload), want);
    return read.ok ? read.value : read.reject.code;
  };

  it("DC-100: a text is strict UTF-8 of at most 256 KiB, and JSON has at most 64 levels", () => {
    expect(auto([0xff, 0xfe])).toBe("not-utf8");
    expect(auto([0xc0, 0xaf])).toBe("not-utf8");
    expect(auto("x".repeat(256 * 1024))).toHaveLength(256 * 1024);
    expect(auto("x".repeat(256 * 1024 + 1))).toBe("too-large");
    const nested = (levels: number) => auto(`${"[".repeat(levels)}${"]".repeat(levels)}`, { type: "text" });
    expect(nested(65)).toBe("too-deep");
    expect(nested(64)).not.toBe("too-deep");
  });
  it("DC-101: only what can hardly mean anything else is a number or a boolean", () => {
    expect(["21,5", "24 cm", "ON"].map((payload) => auto(payload))).toEqual([21.5, 24, true]);
    for (const text of ["01317", "77E104", "35175605152399", "12A", "online"]) expect(auto(text)).toBe(text);
  });
  it("DC-102: what is registered makes a number of what is one only then", () => {
    const number: Want = { type: "number" };
    expect(["01317", "1.234,5", "3 Stück"].map((payload) => auto(payload, number))).toEqual([1317, 1234.5, 3]);
    expect(auto("21,5", number)).toBe(21.5);
    expect(auto("01317", { unit: "Wh" })).toBe(1317);
  });
  it("DC-103: nothing, a dash and the usual words are unknown", () => {
    for (const type of [undefined, "number", "boolean"] as const)
      for (const word of ["", "-", "unavailable", "unknown", "none", "null"])
        expect([type, word, auto(word, { type })]).toEqual([type, word, null]);
  });
  it("DC-104: what no double holds is never a number", () => {
    for (const type of [undefined, "number"] as const)
      for (const payload of ["NaN", "Infinity", "-Infinity", "1e400", "9007199254740993"])
        expect(auto(payload, { type })).not.toBeTypeOf("number");
    expect(auto("9007199254740993")).toBe("9007199254740993");
  });
  it("DC-124: a device without a fix has an unknown place", () => {
    for (const text of ['{"lat":0,"lon":0,"fix":false}', '{"lat":null,"lon":null}'])
      expect(decodeValue("location", bytes(text))).toEqual({ ok: true, value: null });
    expect(decodeValue("location", bytes('{"lat":0,"lon":0}'))).toMatchObject({ ok: true, value: "geo:0,0" });
  });
  it("DC-105: registered payloads come before the usual words", () => {
    const want: Want = { type: "boolean", payloads: { on: "off", off: "on" } };
    expect(["on", "off"].map((payload) => auto(payload, want))).toEqual([false, true]);
  });
});

describe("DC-2: no payload makes a decoder throw", () => {
  const payload = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.json().map((t) => new TextEncoder().encode(t)),
    fc.string({ unit: "binary" }).map((t) => new TextEncoder().encode(t)),
    fc.stringMatching(/^[-+0-9.,eE%° a-z]{0,30}$/).map((t) => new TextEncoder().encode(t)),
  );

  it.each(plainDecoderIds)("%s", (id) => {
    fc.assert(
      fc.property(payload, fc.constantFrom(undefined, "number", "boolean", "text"), (data, type) => {
        const read = decodeValue(id, data, { type });
        if (!read.ok) expect(inWords(read.reject.message)).not.toBe("");
        else if (typeof read.value === "number") expect(Number.isFinite(read.value)).toBe(true);
      }),
    );
  });
});

describe("DC-3: what is encoded reads back as the same value", () => {
  const round = (id: PlainDecoderId, value: number | boolean | string) => {
    const payload = decoders[id].encode(value);
    expect(payload).not.toBeNull();
    const type = typeof value === "string" ? "text" : (typeof value as "number" | "boolean");
    return decodeValue(id, new TextEncoder().encode(payload ?? ""), { type: decoders[id].type ?? type });
  };
  // Integers beyond ±2^53 are not read as numbers, and minus zero is zero.
  const numbers = fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .filter((n) => !Object.is(n, -0) && (!Number.isInteger(n) || Number.isSafeInteger(n)));

  it.each(["auto", "json", "number"] as const)("%s: numbers", (id) => {
    fc.assert(
      fc.property(numbers, (n) => {
        expect(round(id, n)).toEqual({ ok: true, value: n });
      }),
    );
  });
  it.each(["auto", "json", "boolean"] as const)("%s: booleans", (id) => {
    fc.assert(
      fc.property(fc.boolean(), (b) => {
        expect(round(id, b)).toEqual({ ok: true, value: b });
      }),
    );
  });
  it.each(["json", "text"] as const)("%s: texts", (id) => {
    // A byte order mark at the start is dropped by every UTF-8 reader.
    // A blank text says nothing.
    const texts = fc.string({ unit: "grapheme" }).filter((t) => !t.startsWith("\ufeff") && t.trim() !== "");
    fc.assert(
      fc.property(texts, (t) => {
        expect(round(id, t)).toEqual({ ok: true, value: t });
      }),
    );
  });
});

describe("DC-4: an object names the paths to choose from", () => {
  it("numbers first, in RFC 9535 spelling", () => {
    expect(suggestPaths({ state: "ON", "switch:0": { power: 5 }, list: [1, { "it's": 2 }] })).toEqual([
      "$['switch:0'].power",
      "$.list[0]",
      "$.list[1]['it\\'s']",
      "$.state",
    ]);
  });
  it("in the message of the reject", () => {
    const read = decodeValue("auto", new TextEncoder().encode('{"t":21.5,"id":"x"}'));
    expect(read).toMatchObject({ ok: false, reject: { message: saying("$.t, $.id") } });
  });
});
