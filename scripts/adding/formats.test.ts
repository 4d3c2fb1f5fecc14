import { afterAll, expect, test } from "vitest";
import * as here from "../../lib/decoders/registry";
import { copyWith, placesOf } from "./copy";
import { format } from "./templates/format";

const copy = copyWith(format, ["lib", "messages"]);
afterAll(copy.remove);
const payload = new TextEncoder().encode("#21.5");

test("DC-140: a payload format is one folder, one line, and its texts", async () => {
  expect(placesOf(format)).toEqual([
    "lib/decoders/thermo/",
    "lib/decoders/registry.ts",
    "messages/en.json",
    "messages/en.json",
  ]);

  const registry = await copy.load<typeof here>("lib/decoders/registry.ts");
  const isNew = (id: string): boolean => id === "thermo";
  expect(registry.formatChoices.find(({ value }) => isNew(value))?.label).toBe("formats.thermo");
  expect(registry.formatChoices.filter(({ value }) => !isNew(value))).toEqual(here.formatChoices);
  expect(registry.plainDecoderIds.filter((id) => !isNew(id))).toEqual(here.plainDecoderIds);

  const { examples } = await copy.load<{ examples: readonly here.DecoderExample[] }>("lib/decoders/thermo/examples.ts");
  for (const { gives } of examples)
    expect(registry.decodeValue("thermo" as "auto", payload)).toMatchObject({
      ok: false,
      reject: { code: "reject" in gives && gives.reject },
    });

  const { Registration } = await copy.load<typeof import("../../lib/registration")>("lib/registration.ts");
  const { compileRegistration } = await copy.load<typeof import("../../lib/compile")>("lib/compile.ts");
  const registration = Registration.parse({ id: "hall", filter: "hall", format: "thermo", value: "$.temp" });
  const compiled = compileRegistration(registration);
  expect(compiled.ok && compiled.value.read(payload, 0)).toMatchObject([{ ok: true, value: 21.5 }]);

  const { proposeRegistrations } =
    await copy.load<typeof import("../../lib/explorer/propose")>("lib/explorer/propose.ts");
  expect(proposeRegistrations("hall/thermo", [payload], [])).toMatchObject([
    { kind: "topic", registration: { format: "thermo", value: "$.temp", type: "number" } },
  ]);
});
