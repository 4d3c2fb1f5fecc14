import { afterAll, expect, test } from "vitest";
import * as here from "../../lib/decoders/registry";
import { copyWith, placesOf, type Template } from "./copy";

const TEMPLATE: Template = {
  files: {
    "lib/decoders/thermo/index.ts": `
import { err, ok } from "../../result";
import { textOf } from "../decoder";
import type { PlainFormat } from "../format";

export const thermo: PlainFormat = {
  id: "thermo",
  label: "Thermo 2000",
  reads: "degrees behind a number sign, as \`temp\`",
  type: undefined,
  structured: true,
  decode(payload) {
    const text = textOf(payload);
    if (!text.ok) return text;
    const degrees = /^#(-?\\d{1,4}(?:\\.\\d)?)$/.exec(text.value)?.[1];
    return degrees ? ok({ temp: Number(degrees) }) : err({ code: "not-format", message: "the payload is not #degrees" });
  },
  encode: () => null,
  isLikely: (payload) => payload[0] === 0x23,
};
`,
    "lib/decoders/thermo/examples.ts": `
import type { DecoderExample } from "../registry";

export const examples: DecoderExample[] = [
  { name: "a reading is one of several", payload: "#21.5", gives: { reject: "ambiguous" } },
];
`,
  },
  lines: [
    {
      file: "lib/decoders/registry.ts",
      behind: 'import { text } from "./text";',
      add: 'import { thermo } from "./thermo";',
    },
    { file: "lib/decoders/registry.ts", behind: "  location,", add: "  thermo," },
  ],
};

const copy = copyWith(TEMPLATE);
afterAll(copy.remove);
const payload = new TextEncoder().encode("#21.5");

test("DC-140: a payload format is one folder and one line", async () => {
  expect(placesOf(TEMPLATE)).toEqual(["lib/decoders/thermo/", "lib/decoders/registry.ts"]);

  const registry = await copy.load<typeof here>("lib/decoders/registry.ts");
  expect(registry.formatChoices).toEqual([...here.formatChoices, { value: "thermo", label: "Thermo 2000" }]);
  expect(registry.plainDecoderIds).toEqual([...here.plainDecoderIds, "thermo"]);

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
