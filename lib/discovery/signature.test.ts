import { describe, expect, it } from "vitest";
import { pathOfProposal } from "./signature";

describe("DV-3: where a template looks", () => {
  const guarded = (test: string, value: string): string => `{{${value} if ${test} else 0}}`;

  it("is the one member that it prints", () => {
    expect(pathOfProposal({ jinja: "{{ value_json.a.b | round(1) }}" })).toBe("$.a.b");
    expect(pathOfProposal({ jinja: "{{ value_json.a }},{{ value_json.b }}" })).toBeUndefined();
    expect(pathOfProposal({ jinja: "{{ value | float }}" })).toBe("$");
    expect(pathOfProposal({ jinja: "{{ value_json.get('a', {}).get(\"b\", 7) }}" })).toBe("$.a.b");
    expect(pathOfProposal({ jinja: "{{ value_json.items() | first }}" })).toBeUndefined();
  });

  it("is not what it asks about on the way there", () => {
    const value = "value_json['hc1']['temp']";
    expect(pathOfProposal({ jinja: guarded(`value_json.hc1 is defined and ${value} is defined`, value) })).toBe(
      "$.hc1.temp",
    );
    expect(pathOfProposal({ jinja: "{{ value_json.ab if value_json.a is defined }}" })).toBeUndefined();
    expect(pathOfProposal({ jinja: "{{ value_json.a.b }}{{ value_json.a.c }}" })).toBeUndefined();
  });
});
