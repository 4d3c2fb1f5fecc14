import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEntered, readSetting, writeEntered } from "./entered";

describe("readEntered", () => {
  it.each([
    ["12,5", "en", 12.5],
    ["12,5", "de", 12.5],
    ["12,5", "fr", 12.5],
    ["12.5", "de", 12.5],
    ["1.234,5", "de", 1234.5],
    ["1,234", "de", 1.234],
    ["1,234", "en", "“1,234” could be 1.234 or 1234. Enter one of these."],
    ["1.234", "de", "“1.234” could be 1,234 or 1234. Enter one of these."],
    ["-1,234", "en", "“-1,234” could be -1.234 or -1234. Enter one of these."],
    ["", "de", "Enter a number, as in 21,5."],
    ["twelve", "en", "“twelve” is not a number. Enter one as in 21.5."],
    ["1.2.3", "en", "“1.2.3” is not a number. Enter one as in 21.5."],
    ["1e3", "en", "“1e3” is not a number. Enter one as in 21.5."],
    ["1’234.5", "de-CH", 1234.5],
    ["٢١٫٥", "ar-EG", 21.5],
    ["۱٬۲۵۰", "fa", 1250],
    ["-0", "en", 0],
    ["12 3", "en", "“12 3” is not a number. Enter one as in 21.5."],
  ])("UI-3: %j typed in %s", (text, locale, expected) => {
    const read = readEntered(text, locale);
    expect(read.ok ? read.value : read.error).toBe(expected);
  });

  it.each([
    ["1,234", "en"],
    ["1.234", "de"],
    ["12,345", "en"],
    ["-1.234", "de"],
  ])("UI-3: both readings of %j that are offered in %s can be typed", (text, locale) => {
    const read = readEntered(text, locale);
    const offered = /could be (\S+) or (\S+)\. /.exec(read.ok ? "" : read.error)?.slice(1) ?? [];
    expect(offered.map((one) => readEntered(one, locale).ok)).toEqual([true, true]);
  });

  it("UI-102: any number is written so that it is read back, in every language", () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom("en", "de", "fr", "de-CH", "ar-EG", "fa", "hi", "pt-BR", "no such language"),
        (n, locale) => {
          const read = readSetting(writeEntered(n, locale), locale);
          expect(read.ok ? read.value : read.error).toBe(n + 0);
        },
      ),
      {
        examples: [
          [1.234, "de"],
          [1e21, "de"],
          [1.234567890123456e-7, "fr"],
          [-0.5, "fa"],
        ],
      },
    );
  });
});
