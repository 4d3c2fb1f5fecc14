import { describe, expect, it } from "vitest";
import type { PointCommand, PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import { stateWord } from "../cover/words";
import { sayPart } from "../sayPart";
import { movesOf } from "./moves";
import { readColour, writeColour } from "./notation";
import { compositeOptions, rowsFor } from "./options";
import { stepped } from "./steps";
import { partName } from "./words";

const command = (rest: Partial<PointCommand>): PointCommand => ({
  kind: "number",
  assumed: false,
  send: "release",
  confirmMs: 5000,
  ...rest,
});
const point = (rest: Partial<PointInfo>): PointInfo => ({ id: "p", name: "P", ...rest }) as PointInfo;

describe("what a part is called and says", () => {
  it.each([
    ["light", "power", "Desk lamp"],
    ["light", "brightness", "Desk lamp brightness"],
    ["light", "colorTemperature", "Desk lamp colour temperature"],
    ["cover", "open", "Open Desk lamp"],
  ] as const)("CO-6: the control of a %s's %s is named %s", (kind, role, name) =>
    expect(partName(kind, "Desk lamp", role)).toBe(name),
  );

  it.each<["light" | "cover", string, Partial<PointInfo>, Value, string]>([
    ["light", "brightness", { command: command({ min: 0, max: 254 }) }, 127, "50 %"],
    ["light", "brightness", { command: command({ min: 0, max: 100 }) }, 40, "40"],
    ["light", "brightness", { unit: "%", command: command({ min: 0, max: 255 }) }, 40, "40 %"],
    ["light", "colorTemperature", { unit: "mired" }, 370, "2,700 K"],
    ["light", "colorTemperature", { unit: "K" }, 2700, "2,700 K"],
    ["light", "power", { type: "boolean" }, true, "On"],
    ["cover", "state", { type: "text" }, "OPENING", "opening…"],
    ["cover", "state", { type: "text" }, "stopped", "stopped"],
    ["light", "brightness", {}, null, "—"],
  ])("%s %s %j: %j reads %s", (kind, role, rest, value, text) =>
    expect(sayPart(kind, role, point(rest), "en", value)).toBe(text),
  );

  it("only what moves is told as moving", () =>
    expect(["closing", "closed"].map(stateWord)).toEqual(["closing…", "closed"]));
});

describe("a colour in the lamp's own words", () => {
  it.each<[Value, boolean, string | undefined]>([
    ["255,120,0", false, "#ff7800"],
    ["30, 100", true, "#ff8000"],
    ["FF7800", false, "#ff7800"],
    ["#ff780012", false, "#ff7800"],
    ["256,0,0", false, undefined],
    ["1,,2", false, undefined],
    ["255;10;0", false, "#ff0a00"],
    ["255;10", false, undefined],
    ["30;100", true, undefined],
    ["red", false, undefined],
    ['{"r":255,"g":120,"b":0,"w":9}', false, "#ff7800"],
    ['{"h":30,"s":100,"hue":30}', false, "#ff8000"],
    ['{"r":255,', false, undefined],
    [null, false, undefined],
    ["400,10", true, undefined],
    ['{"r":255,"g":120,"b":0}', false, "#ff7800"],
    ['{"h":30,"s":100}', false, "#ff8000"],
    ['{"hue":240,"saturation":100,"x":0.1}', false, "#0000ff"],
    ['{"x":0.64,"y":0.33}', false, "#ff0000"],
    ['{"x":0.3127,"y":0.329}', false, "#ffffff"],
    ['{"x":0.1,"y":0}', false, undefined],
    ['{"r":300,"g":0,"b":0}', false, undefined],
    ["{nonsense", false, undefined],
  ])("%j (hs %j) is %s", (value, hs, hex) => expect(readColour(value, hs)?.hex).toBe(hex));

  it.each<[string, boolean, string]>([
    ["1,2,3", false, "0,255,0"],
    ["1;2;3", false, "0;255;0"],
    ["0,0", true, "120,100"],
    ["FF780012", false, "00FF0012"],
    ["#000000", false, "#00FF00"],
    ['{"r":1,"g":2,"b":3,"w":9}', false, '{"r":0,"g":255,"b":0,"w":9}'],
    ['{"h":0,"s":0,"hue":0}', false, '{"h":120,"s":100}'],
  ])("after %s (hs %j) green is written %s", (reported, hs, written) => {
    const known = readColour(reported, hs);
    expect(known && writeColour("#00ff00", known)).toBe(written);
  });
});

describe("− and +", () => {
  const scale = { min: 5, max: 30, step: 0.5 };
  it.each<[number | undefined, 1 | -1, number | undefined]>([
    [21, 1, 21.5],
    [21, -1, 20.5],
    [20.3, 1, 20.5],
    [20.3, -1, 20],
    [29.9, 1, 30],
    [30, 1, undefined],
    [5, -1, undefined],
    [undefined, 1, 5],
    [undefined, -1, 30],
  ])("from %s by %s is %s, on the command's own steps", (from, by, to) => expect(stepped(from, scale, by)).toBe(to));
  it("tenths add up", () => expect(stepped(0.3, { min: 0, max: 1, step: 0.1 }, 1)).toBe(0.4));
});

describe("the moves of a cover", () => {
  it("are its own buttons, without those that it lacks", () => {
    const open = point({ command: command({ kind: "button", assumed: true }) });
    expect(movesOf({ open, state: point({}) }).map(({ role, value }) => [role, value])).toEqual([["open", null]]);
  });
  it("are the orders that its state takes, in the device's words", () => {
    const state = point({ command: command({ kind: "select", options: ["OPEN", "CLOSE", "STOP"] }) });
    expect(movesOf({ state }).map(({ role, value }) => [role, value])).toEqual([
      ["open", "OPEN"],
      ["stop", "STOP"],
      ["close", "CLOSE"],
    ]);
  });
});

describe("options of a composite", () => {
  it("CO-3: a role that nobody knows is kept", () => {
    const read = compositeOptions.parse({ parts: { glitter: "g" } });
    expect(read).toEqual({ ok: true, value: { parts: { glitter: "g" } } });
  });
  it.each([[{ parts: ["a"] }], [{ parts: { power: 4 } }], [{ parts: null }]])("%j is refused by name", (given) => {
    const read = compositeOptions.parse(given);
    expect(read.ok ? "" : read.error).toMatch(/^parts must name/);
  });
  it("a tile is as high as its parts need", () => {
    expect(
      [undefined, { parts: { a: "1" } }, { parts: Object.fromEntries([..."abcdef"].map((k) => [k, k])) }].map(rowsFor),
    ).toEqual([2, 4, 6]);
  });
});
