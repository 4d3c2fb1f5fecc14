import { execFileSync } from "node:child_process";
import { OpenAPIHono } from "@hono/zod-openapi";
import { createElement } from "react";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApiRoute } from "../../server/http/openApi";
import { copyWith, placesOf } from "./copy";
import { field } from "./templates/field";

const copy = copyWith(field, ["lib", "components", "messages", "scripts", "tsconfig.json"], { closed: true });
beforeAll(async () => {
  execFileSync(process.execPath, ["scripts/texts.mjs"], { cwd: copy.root });
  await copy.load("lib/texts/all.ts");
});
afterAll(copy.remove);

const ABOVE = { id: "boiler", filter: "plant/boiler", calibrated: "2026-05-01" };
const WITHIN = { id: "climate", filter: "hall", values: { t: { value: "$.t", calibrated: "2026-05-02" } } };
/** What a schema says of the field. */
const SAID = {
  type: "string",
  minLength: 1,
  maxLength: 20,
  title: "Calibrated on",
  description: "A date, as in 2026-05-01.",
};

describe("RG-100: a field of a registration is one entry and its texts", () => {
  test("in one place", () => expect(placesOf(field)).toEqual(["lib/registration/described.ts", "messages/en.json"]));

  test("telltale.yaml takes it, of a registration and of a value, and refuses what it does not allow", async () => {
    const { ConfigFile } = await copy.load<typeof import("../../lib/configFile")>("lib/configFile.ts");
    expect(ConfigFile.parse({ topics: [ABOVE, WITHIN] }).topics).toEqual([ABOVE, WITHIN]);
    const refused = ConfigFile.safeParse({ topics: [{ ...ABOVE, calibrated: "" }] });
    expect(refused.error?.issues[0]?.path).toEqual(["topics", 0, "calibrated"]);
  });

  test("the API and OpenAPI have it", async () => {
    const { registrationContracts } =
      await copy.load<typeof import("../../lib/api/registrations")>("lib/api/registrations.ts");
    expect(registrationContracts.create.body?.safeParse({ ...ABOVE, calibrated: 1 })?.success).toBe(false);
    const api = new OpenAPIHono();
    api.openAPIRegistry.registerPath(openApiRoute(registrationContracts.create));
    const { components } = api.getOpenAPI31Document({ openapi: "3.1.0", info: { title: "Copy", version: "1" } });
    // The library leaves titles out.
    const { title: _, ...said } = SAID;
    expect(components?.schemas?.Registration).toMatchObject({
      properties: { calibrated: said, values: { additionalProperties: { properties: { calibrated: said } } } },
    });
  });

  test("the JSON Schema for editors has it", async () => {
    const { configFileSchema } =
      await copy.load<typeof import("../../lib/configFileSchema")>("lib/configFileSchema.ts");
    expect(configFileSchema()).toMatchObject({
      properties: { topics: { anyOf: [{ items: { properties: { calibrated: SAID } } }, { type: "null" }] } },
    });
  });

  test("a change of it reads the shown value again", async () => {
    const { readingText } = await copy.load<typeof import("../../lib/readingFields")>("lib/readingFields.ts");
    const { Registration } = await copy.load<typeof import("../../lib/registration")>("lib/registration.ts");
    const text = (input: object, key?: string) => readingText(Registration.parse(input), key, "again");
    expect(text(ABOVE)).not.toBe(text({ ...ABOVE, calibrated: "2026-05-02" }));
    const other = { ...WITHIN, values: { t: { value: "$.t", calibrated: "2026-06-01" } } };
    expect(text(WITHIN, "t")).not.toBe(text(other, "t"));
  });

  test("the draft keeps it on the way into the form and back, and the preview reads with it", async () => {
    const { fromRegistration } = await copy.load<typeof import("../../components/admin/topics/draft/fromRegistration")>(
      "components/admin/topics/draft/fromRegistration.ts",
    );
    const { toRegistration } = await copy.load<typeof import("../../components/admin/topics/draft/toRegistration")>(
      "components/admin/topics/draft/toRegistration.ts",
    );
    const { compileForPreview } = await copy.load<typeof import("../../components/admin/topics/draft/check")>(
      "components/admin/topics/draft/check.ts",
    );
    const { Registration } = await copy.load<typeof import("../../lib/registration")>("lib/registration.ts");
    for (const registration of [ABOVE, WITHIN].map((input) => Registration.parse(input)))
      expect(toRegistration(fromRegistration(registration))).toEqual({ ok: true, registration });
    const half = { ...fromRegistration(Registration.parse(ABOVE)), device: "x".repeat(300) };
    expect(toRegistration(half)).toMatchObject({ ok: false });
    expect(compileForPreview(half)?.registration).toMatchObject({ calibrated: "2026-05-01" });
  });

  test("the form asks for it under More, which is open where it is written", async () => {
    const form = await copy.load<typeof import("../../components/admin/topics/RegistrationForm")>(
      "components/admin/topics/RegistrationForm.tsx",
    );
    const { Registration } = await copy.load<typeof import("../../lib/registration")>("lib/registration.ts");
    const { htmlInApp } = await copy.load<typeof import("../../components/ui/testing")>("components/ui/testing.tsx");
    const html = (input: object) =>
      htmlInApp(
        createElement(form.RegistrationForm, {
          initial: { registration: Registration.parse(input), origin: "store", version: 1, points: 1 } as never,
          others: [],
          brokers: [],
          onSaved: () => undefined,
          onReload: () => undefined,
        }),
      );
    const written = html(ABOVE);
    expect(written).toMatch(/<div data-at="\/calibrated".*?>Calibrated on<\/label>.*?value="2026-05-01"/);
    expect(written).toMatch(/<details[^>]* open=""[^>]*><summary[^>]*>(?:(?!<\/summary>).)*<span>More<\/span>/);
    const without = html({ id: "boiler", filter: "plant/boiler" });
    expect(without).toContain('data-at="/calibrated"');
    expect(without).not.toMatch(/<details[^>]* open=""/);
  });
});
