import { expect, test } from "vitest";
import english from "../texts/compiled/en.json";
import { addTexts, type Texts } from "../texts/t";
import { readEntered } from "./entered";
import { formatValue } from "./format";
import { spokenText } from "./spoken";

const german = {
  on: "An",
  off: "Aus",
  picture: ["Bild, ", ["width"], " × ", ["height"]],
  place: [
    ["lat"],
    " ",
    ["ns", 1, { south: "S", other: "N" }],
    ", ",
    ["lon"],
    " ",
    ["ew", 1, { west: "W", other: "O" }],
  ],
  enterNumber: ["Eine Zahl eingeben, etwa ", ["example"], "."],
  notNumber: ["„", ["text"], "“ ist keine Zahl."],
  twoNumbers: [["one"], " oder ", ["other"], "?"],
};

test("MS-43: what stands for a value, and why an entered number is refused, is in the reader's language", () => {
  addTexts({ locale: "de", spaces: { kit: german } as unknown as Texts["spaces"] });
  try {
    expect([true, false].map((value) => formatValue(value).text)).toEqual(["An", "Aus"]);
    expect(spokenText("image/png;width=320;height=240;bytes=9000;hash=0123456789abcd")).toBe("Bild, 320 × 240");
    expect(spokenText("geo:47.5,-9.75")).toBe("47.50000° N, 9.75000° W");
    expect(spokenText("geo:-47.5,9.75")).toBe("47.50000° S, 9.75000° O");
    const refused = (text: string) => readEntered(text, "de");
    expect(["", "warm", "1.234"].map(refused)).toEqual([
      { ok: false, error: "Eine Zahl eingeben, etwa 21,5." },
      { ok: false, error: "„warm“ ist keine Zahl." },
      { ok: false, error: "1,234 oder 1234?" },
    ]);
  } finally {
    addTexts({ locale: "en", spaces: english as unknown as Texts["spaces"] });
  }
});
