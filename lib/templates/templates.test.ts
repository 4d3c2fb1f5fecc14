import fc from "fast-check";
import { describe, expect, it } from "vitest";
import english from "../texts/compiled/en.json";
import { inWords, say } from "../texts/said";
import { compileTemplate, type Rendered } from ".";
import { examples, hostile } from "./examples";
import { faults } from "./faultExamples";

function rendered(template: string, payload: string): Rendered {
  const compiled = compileTemplate(template);
  return compiled.ok ? compiled.value.render(payload) : { kind: "keep", why: compiled.error };
}

describe("templates as Home Assistant evaluates them", () => {
  it.each(examples)("TP-1: $rule", ({ template, payload, gives }) => {
    const got = rendered(template, payload);
    expect(got.kind === "value" ? { text: got.text } : got.kind).toEqual(gives);
  });

  it.each(hostile)("TP-2: $name costs little and keeps the value", ({ template, payload }) => {
    const cpu = process.cpuUsage();
    expect(rendered(template, payload ?? "x")).toMatchObject({ kind: "keep" });
    expect(process.cpuUsage(cpu).user / 1000).toBeLessThan(1500);
  });

  it("TP-2: no source makes it throw", () => {
    const piece = fc.constantFrom(
      "{{",
      "}}",
      "{%",
      "%}",
      "value",
      "|",
      "'",
      "if ",
      "for x in ",
      "(",
      ")",
      "[",
      ".",
      "1",
      " ",
      "set ",
      "=",
      "-",
      "~",
      "not ",
      "is ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), fc.string(), (pieces, payload) => {
        expect(["value", "unknown", "keep"]).toContain(rendered(pieces.join(""), payload).kind);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["{{ value", say("schema.templateOpen", { mark: "{{" }), "a {{ is not closed"],
    ["{% if a %}b", say("schema.templateTagMissing", { tag: "endif" }), "{% endif %} is missing"],
    [
      "{{ 1 + }}",
      say("schema.templateAtEnd", { why: say("schema.templateValueMissing") }),
      'a value is missing (at "the end")',
    ],
    [
      "{{ (a b }}",
      say("schema.templateAt", { why: say("schema.templateSignMissing", { sign: ")" }), text: "b" }),
      '")" is missing (at "b")',
    ],
  ])("MS-34: why %s is no template is a key with arguments", (template, error, words) => {
    expect(compileTemplate(template)).toEqual({ ok: false, error });
    expect(inWords(error)).toBe(words);
  });

  /** No template makes a moment that a date cannot hold; a payload is too long; the last two depend on the engine's stack. */
  const ELSEWHERE = ["payloadTooLong", "cannotEvaluate", "regexTooDeep"];

  it.each(faults)("MS-50: why template %# fails is a key with arguments", (template, words) => {
    const got = rendered(template, "x");
    if (got.kind !== "keep" || got.why === undefined) throw new Error(JSON.stringify(got));
    expect(got.why.code).toMatch(/^template\./);
    expect(inWords(got.why)).toBe(words);
  });

  it("MS-50: each of these texts has an example", () => {
    const shown = faults
      .map(([template]) => rendered(template, "x"))
      .map((got) => got.kind === "keep" && got.why?.code);
    const missing = Object.keys(english.template).filter((name) => !shown.includes(`template.${name}`));
    expect(missing).toEqual(ELSEWHERE);
    expect(rendered("{{ value }}", "x".repeat(300_000))).toEqual({ kind: "keep", why: say("template.payloadTooLong") });
  });

  it("TP-3: a plain walk is answered as a JSONPath too", () => {
    const path = (template: string): string | undefined => {
      const compiled = compileTemplate(template);
      return compiled.ok ? compiled.value.path : undefined;
    };
    expect(path("{{ value_json.a.b }}")).toBe("$.a.b");
    expect(path("{{ value_json['switch:0'][1].x | is_defined }}")).toBe("$['switch:0'][1].x");
    expect(path("{{ value_json['it\\'s'] }}")).toBe("$['it\\'s']");
    expect(path("{{ value_json.values }}")).toBeUndefined();
    expect(path("{{ value_json.a | float }}")).toBeUndefined();
    expect(path("{{ value }}")).toBeUndefined();
    expect(path("x{{ value_json.a }}")).toBeUndefined();
  });

  it("TP-4: a command template gets the value and gives exactly its text", () => {
    const compiled = compileTemplate(
      '{"brightness": {{ (value * 2.54) | round(0) }}, "on": {{ value is number | to_json }}}',
    );
    expect(compiled.ok && compiled.value.text({ value: 50 })).toEqual({
      ok: true,
      value: '{"brightness": 127, "on": true}',
    });
    const none = compileTemplate("{{ None }}");
    expect(none.ok && none.value.text({})).toEqual({ ok: true, value: "None" });
  });

  it("TP-1: now() is the time it is given", () => {
    const compiled = compileTemplate("{{ now().strftime('%H:%M') }} {{ (as_timestamp(now()) - 60)|timestamp_local }}");
    const where = { now: Date.UTC(2026, 0, 2, 3, 4), offset: 60 };
    expect(compiled.ok && compiled.value.render("", {}, where)).toEqual({
      kind: "value",
      text: "04:04 2026-01-02T04:03:00+01:00",
    });
  });
});
