import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { LiveProvider } from "@/components/live/LiveProvider";
import type { Command } from "@/lib/command";
import type { PointCommand, PointInfo } from "@/lib/point";
import type { Snapshot } from "@/lib/protocol";
import type { Value } from "@/lib/reading";
import { asWording } from "@/lib/texts/said";
import { Part } from "./Part";
import { WholeContext } from "./whole";

interface Shown {
  value: Value;
  info?: Partial<PointInfo>;
  command?: Partial<PointCommand>;
  /** What was last sent. */
  last?: Command;
}

/** The part of a lamp, as the first paint has it. */
function paint(role: string, { value, info, command, last }: Shown): string {
  const point = {
    id: "lamp",
    registration: "lamp",
    origin: "store",
    broker: "main",
    name: "Lamp",
    operable: true,
    ...(command && { command: { kind: "switch", assumed: false, send: "release", confirmMs: 5000, ...command } }),
    ...info,
  } as PointInfo;
  const snapshot = {
    room: "r",
    epoch: "e",
    rev: 1,
    now: 65_000,
    points: [point],
    values: [[0, value, 5000, { freshness: "live", since: 5000 }]],
    commands: last ? [last] : [],
    brokers: [],
  } as unknown as Snapshot;
  const whole = { kind: "light", title: "Desk lamp", describedBy: "foot", spoken: undefined, why: undefined } as const;
  return renderToString(
    <LiveProvider view={{ kind: "everything" }} snapshot={snapshot}>
      <WholeContext value={whole}>
        <Part role={role} point={point} />
      </WholeContext>
    </LiveProvider>,
  );
}
const attributes = (html: string, tag: string, name: string): string[] =>
  [...html.matchAll(new RegExp(`<${tag}\\b[^>]*?\\b${name}="([^"]*)"`, "g"))].map((match) => match[1] as string);

test("CO-6: a part is operated by what its own command takes, under the name of the whole and its role", () => {
  const power = paint("power", { value: true, command: { kind: "switch" } });
  expect(attributes(power, "button", "role")).toEqual(["switch"]);
  expect(attributes(power, "button", "aria-checked")).toEqual(["true"]);
  expect(attributes(power, "button", "aria-label")).toEqual(["Desk lamp"]);

  const brightness = paint("brightness", {
    value: 40,
    info: { unit: "%" },
    command: { kind: "number", min: 0, max: 100 },
  });
  expect(attributes(brightness, "input", "type")).toEqual(["range"]);
  expect(attributes(brightness, "input", "aria-label")).toEqual(["Desk lamp brightness"]);
  expect(attributes(brightness, "input", "aria-valuetext")[0]).toMatch(/^40\s?%$/);

  const effect = paint("effect", { value: "rainbow", command: { kind: "select", options: ["none", "rainbow"] } });
  expect(effect).toMatch(/<option value="rainbow" selected="">/);
  expect(paint("effect", { value: null, command: { kind: "button" } })).toMatch(/<button type="button"[^>]*>Effect</);
  expect(attributes(paint("effect", { value: "x", command: { kind: "text" } }), "input", "type")).toEqual(["text"]);
});

test("CO-2: a part without a command is told, and nothing operates it", () => {
  const html = paint("brightness", { value: 40, info: { unit: "%" } });
  expect(html).toContain('data-part-value="40"');
  expect(html).toMatch(/40\s?%/);
  expect(html).not.toMatch(/<(button|input|select)/);
});

test("CO-2: a part that reports no state shows none: two buttons, and no choice that would be a claim", () => {
  const power = paint("power", { value: true, command: { kind: "switch", assumed: true } });
  expect(attributes(power, "button", "aria-label")).toEqual(["On Desk lamp", "Off Desk lamp"]);
  expect(power).not.toContain("aria-checked");
  const effect = paint("effect", {
    value: "rainbow",
    command: { kind: "select", assumed: true, options: ["none", "rainbow"] },
  });
  expect(effect).toMatch(/<option value="" disabled="" selected="">Choose…/);
});

test("CO-6: what is under way is shown beside the reported state, and what is not an option stays visible", () => {
  const id = "7c8ba2b1-9c43-4a52-a1a4-8a3d6ad4f3de" as Command["id"];
  const base = { id, point: "lamp" as Command["point"], by: "ann", at: 60_000 };
  const effect = paint("effect", {
    value: "fire",
    command: { kind: "select", options: ["none", "rainbow"] },
    last: { ...base, value: "rainbow", state: "sent" },
  });
  expect(effect).toMatch(/<option value="fire" disabled="" selected="">fire/);
  expect(effect).toContain('<span class="asked">rainbow</span>');
  expect(attributes(effect, "div", "data-command")).toEqual(["sent"]);
  expect(attributes(effect, "div", "aria-busy")).toEqual(["true"]);
  const power = paint("power", {
    value: false,
    command: { kind: "switch" },
    last: {
      ...base,
      value: true,
      state: "failed",
      endedAt: 61_000,
      code: 135,
      reason: asWording("The broker does not allow it."),
    },
  });
  expect(attributes(power, "button", "aria-checked")).toEqual(["false"]);
  expect(power).toContain("The broker does not allow it.");
});
