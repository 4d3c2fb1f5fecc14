import { afterEach, describe, expect, test } from "vitest";
import english from "./compiled/en.json";
import { addTexts, type PlainKey, type Texts, t, textParts } from "./t";

const ACT = { locale: "en", spaces: { test: {} as Record<string, never> } };
// The catalogue is shared with the files that run after this one.
afterEach(() => addTexts({ locale: "en", spaces: english as unknown as Texts["spaces"] }));

/** Texts that are not in the catalogue, compiled by hand. */
const given = (compiled: unknown) => addTexts({ ...ACT, spaces: { test: { it: compiled as string } } });
const shown = (args: Record<string, unknown>) => textParts("test.it", args).join("");

test("MS-2: a key that is not in the catalogue, and an argument that is missing or of another type, are type errors", () => {
  expect(t("ui.cancel")).toBe("Cancel");
  expect(t("kit.points", { count: 3 })).toBe("3 points");
  // @ts-expect-error: no such key
  expect(t("ui.nowhere")).toBe("ui.nowhere");
  // @ts-expect-error: no argument
  t("kit.ago");
  // @ts-expect-error: another argument
  t("kit.ago", { time: "3 s" });
  // @ts-expect-error: a plural needs a number
  t("kit.points", { count: "3" });
  // @ts-expect-error: an argument too many
  t("ui.cancel", { count: 3 });
  // @ts-expect-error: a table of labels holds no text that needs something
  const label: PlainKey = "kit.ago";
  expect(label).toBe("kit.ago");
});

describe("MS-4: forms follow the reader's language", () => {
  const points = [["n", 2, { one: [["n"], " point"], other: [["n"], " points"], "=0": "no points" }]];
  test("in English there are one and other, and what stands for a number exactly", () => {
    given(points);
    expect([0, 1, 2, 1.5].map((n) => shown({ n }))).toEqual(["no points", "1 point", "2 points", "1.5 points"]);
  });

  test("in a language with other forms its own are taken, and a form that it has not is the last one", () => {
    addTexts({
      locale: "pl",
      spaces: { test: { it: [["n", 2, { one: "punkt", few: "punkty", many: "punktów", other: "punktu" }]] } },
    });
    expect([1, 3, 5, 1.5].map((n) => shown({ n }))).toEqual(["punkt", "punkty", "punktów", "punktu"]);
    given([["n", 3, { one: [0, "st"], two: [0, "nd"], few: [0, "rd"], other: [0, "th"] }]]);
    expect([1, 2, 3, 4, 21].map((n) => shown({ n }))).toEqual(["1st", "2nd", "3rd", "4th", "21st"]);
  });

  test("a number that the text writes is grouped as the language does, a plain argument is as it was given", () => {
    const both = [["n", 4], " ", ["n"]];
    given(both);
    expect(shown({ n: 12345.5 })).toBe("12,345.5 12345.5");
    addTexts({ locale: "de", spaces: { test: { it: both as unknown as string } } });
    expect(shown({ n: 12345.5 })).toBe("12.345,5 12345.5");
    given([["n", 4, { minimumFractionDigits: 1, maximumFractionDigits: 1 }]]);
    expect(shown({ n: 2 })).toBe("2.0");
  });

  test("a choice that the text does not know is its other one", () => {
    given([["who", 1, { self: "yours", other: [["who"], "'s"] }]]);
    expect([shown({ who: "self" }), shown({ who: "Ada" })]).toEqual(["yours", "Ada's"]);
  });
});

test("MS-5: texts of another language leave nothing of the one before", () => {
  given("here");
  addTexts({ locale: "de", spaces: { other: { it: "dort" } } });
  expect(shown({})).toBe("test.it");
  given("here");
  expect(shown({})).toBe("here");
});

test("MS-9: a text whose namespace the page was not given is shown as its key, and nothing fails", () => {
  expect(textParts("nowhere.atAll")).toEqual(["nowhere.atAll"]);
});
