import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "../decoders/decoder";
import { diffJson } from "./diff";
import { hexLines, payloadAsText, rowText, visibleText } from "./payload";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("payloads for the eye", () => {
  test("XP-7: a row shows one short line, bytes where it is no text, and never what reorders or hides text", () => {
    expect(rowText(bytes("21.5"), 4)).toBe("21.5");
    expect(rowText(bytes('{\n "a":\t1\n}'), 11)).toBe('{ "a": 1 }');
    expect(rowText(bytes("x".repeat(300)), 300)).toBe(`${"x".repeat(120)}…`);
    expect(rowText(new Uint8Array([0xff, 0xd8, 0x00]), 3)).toBe("ff d8 00");
    expect(rowText(new Uint8Array(0), 0)).toBe("");
    expect(rowText(bytes("safe\u202eexe\u0000"), 11)).toBe("safe‹U+202E›exe␀");
  });

  test("XP-7: a character cut in half does not make bytes of a text", () => {
    for (let end = 1; end < 7; end++) expect(payloadAsText(bytes("aü€𝄞").subarray(0, end), true)).toMatch(/^a/);
    expect(payloadAsText(new Uint8Array([0x61, 0xff, 0x61, 0x61, 0x61, 0x61]), true)).toBeUndefined();
  });

  test("XP-7: no text throws, and none keeps a control or format character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.boolean(), (text, lines) => {
        expect(visibleText(text, lines)).not.toMatch(/[^\P{C}\n\t\p{Cn}\p{Co}]/u);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.nat(1000), (head, more) => {
        expect(rowText(head, head.length + more).length).toBeLessThanOrEqual(1100);
        hexLines(head);
      }),
    );
  });

  test("a hex line has sixteen bytes, where they stand, and what is readable of them", () => {
    expect(hexLines(bytes("0123456789abcdef!\u0000"))).toEqual([
      { offset: "000000", hex: "30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66", text: "0123456789abcdef" },
      { offset: "000010", hex: "21 00", text: "!·" },
    ]);
  });
});

describe("differences of two documents", () => {
  test("XP-8: names what was added, removed and changed, where", () => {
    expect(diffJson({ t: 20, h: 40, in: { a: [1, 2] } }, { t: 21, in: { a: [1, 3, 4] }, "odd key": null })).toEqual({
      list: [
        { path: "$.t", kind: "changed", before: 20, after: 21 },
        { path: "$.in.a[1]", kind: "changed", before: 2, after: 3 },
        { path: "$.in.a[2]", kind: "added", after: 4 },
        { path: "$['odd key']", kind: "added", after: null },
        { path: "$.h", kind: "removed", before: 40 },
      ],
      more: 0,
    });
    expect(diffJson("on", { on: true }).list).toEqual([
      { path: "$", kind: "changed", before: "on", after: { on: true } },
    ]);
    expect(diffJson(JSON.parse('{"__proto__": 1}'), JSON.parse('{"__proto__": 2}')).list).toHaveLength(1);
  });

  test("XP-8: equal documents have none, different ones some, and the list is bounded", () => {
    const json = fc.jsonValue() as fc.Arbitrary<Json>;
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(diffJson(a, structuredClone(a)).list).toEqual([]);
        const plain = (value: Json): unknown => JSON.parse(JSON.stringify(value), (_, v) => (Object.is(v, -0) ? 0 : v));
        const same = JSON.stringify(plain(a)) === JSON.stringify(plain(b));
        if (diffJson(a, b).list.length === 0) expect(same || sameMembers(a, b)).toBe(true);
        expect(diffJson(a, b, 3).list.length).toBeLessThanOrEqual(3);
      }),
    );
  });
});

/** Equal but for the order of members. */
function sameMembers(a: Json, b: Json): boolean {
  const sorted = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(sorted)
      : typeof value === "object" && value !== null
        ? Object.entries(value)
            .sort(([x], [y]) => (x < y ? -1 : 1))
            .map(([key, inner]) => [key, sorted(inner)])
        : Object.is(value, -0)
          ? 0
          : value;
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}
