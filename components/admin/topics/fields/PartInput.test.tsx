import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { partName } from "@/components/tiles/composite/words";
import { COMPOSITE_KINDS, type CompositeKind, rolesOf } from "@/lib/composite/roles";
import { DESCRIBED_FIELDS } from "@/lib/registration/described";
import { emptyDraft } from "../draft/fromRegistration";
import { FormProvider } from "./formContext";
import { PartInput } from "./PartInput";

/** The labels of the roles that the form offers, and its one line when it is closed. */
function paint(kind: CompositeKind, role: string) {
  const html = renderToString(
    <FormProvider
      value={{
        draft: emptyDraft,
        dispatch: () => undefined,
        errors: new Map(),
        readOnly: false,
        isNew: false,
        brokers: [],
        suggestions: {},
        newest: undefined,
      }}
    >
      <PartInput
        name="part"
        field={DESCRIBED_FIELDS.part}
        at="/part"
        value={{ of: "thing", kind, role, name: "" }}
        onChange={() => undefined}
        place={"all" as never}
      />
    </FormProvider>,
  ).replaceAll("<!-- -->", "");
  const [, roles = ""] = [...html.matchAll(/<select\b.*?<\/select>/g)].map(([select]) => select);
  return {
    roles: [...roles.matchAll(/<option value="([^"]*)"[^>]*>([^<]*)</g)].map(([, value, label]) => [value, label]),
    html,
  };
}

test("MS-29: a part is called in the form as in its tile, for every role", () => {
  for (const kind of COMPOSITE_KINDS) {
    const { roles } = paint(kind, rolesOf(kind)[0] as string);
    expect(roles.map(([role]) => role)).toEqual(rolesOf(kind));
    expect(new Set(roles.map(([, label]) => label)).size).toBe(roles.length);
    for (const [role = "", shown = ""] of roles) {
      const label = shown.replace(` (${role})`, "");
      if (role !== "power") expect(partName(kind, "", role).trim().toLowerCase()).toBe(label.toLowerCase());
      expect(label).toMatch(/^\p{Lu}[\p{Ll} ]+$/u);
    }
  }
  expect(paint("light", "hs").roles).toContainEqual(["hs", "Colour (hs)"]);
  const { roles, html } = paint("climate", "targetLow");
  expect(roles).toContainEqual(["targetLow", "Heat to"]);
  expect(html).toContain("Climate, Heat to");
});

test("MS-29: a role that the kind does not draw is shown as written, whatever it is called", () => {
  expect(paint("light", "constructor").roles.at(-1)).toEqual(["constructor", "constructor"]);
});
