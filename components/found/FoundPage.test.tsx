import { expect, test } from "vitest";
import { htmlInApp } from "@/components/ui/testing";
import type { FoundEntityOut, FoundOut } from "@/lib/api";
import { FoundList } from "./FoundPage";

const device = (id: string, over: Partial<FoundOut> = {}): FoundOut => ({
  id,
  broker: "main",
  conventions: ["homie"],
  conventionLabels: ["Homie"],
  name: `Device ${id}`,
  state: "found",
  announced: [`homie/${id}/$homie`],
  heard: true,
  entities: [],
  ...over,
});
const added: Partial<FoundOut> = {
  state: "kept",
  entities: [{ id: "e", convention: "homie", name: "E", kind: "sensor", kept: true, values: [] } as FoundEntityOut],
};

const paint = (devices: FoundOut[], off = false) =>
  htmlInApp(<FoundList devices={devices} reload={async () => undefined} off={off} />);
/** The devices that are shown, in their order, and whether they are folded away. */
const shown = (html: string): string[] =>
  [...html.matchAll(/aria-label="(Device [^"]+)"/g)].map((match) => match[1] as string);

test("without devices the page says why, and where to go on", () => {
  expect(paint([])).toContain("No device has announced itself yet");
  const off = paint([], true);
  expect(off).toContain("Discovery is off");
  expect(off).toContain('href="/admin/topics/new"');
});

test("what waits is shown first, and every state is counted", () => {
  const html = paint([device("a"), device("b", { state: "ignored" }), device("c", added), device("d")]);
  expect(shown(html)).toEqual(["Device a", "Device d"]);
  for (const text of ["New 2", "Added 1", "Ignored 1", "Withdrawn"]) expect(html).toContain(`/>${text}</label>`);
});

test("devices that nothing was received from stand behind the others, folded when there are many", () => {
  const silent = (count: number) => Array.from({ length: count }, (_, i) => device(`silent ${i}`, { heard: false }));
  const few = paint([...silent(3), device("speaks")]);
  expect(shown(few)).toEqual(["Device speaks", "Device silent 0", "Device silent 1", "Device silent 2"]);
  expect(few).not.toContain("without data");
  const many = paint([...silent(4), device("speaks")]);
  expect(many).toContain("4 devices without data");
  expect(many.indexOf("Device speaks")).toBeLessThan(many.indexOf("without data"));
  expect(many.indexOf("Device silent 0")).toBeGreaterThan(many.indexOf("without data"));
  // Where none speaks there is nothing to hide them behind.
  expect(paint(silent(4))).not.toContain("without data");
});

test("more than 200 are not drawn, which is said; a search is offered from nine on", () => {
  const many = Array.from({ length: 201 }, (_, i) => device(String(i)));
  const html = paint(many);
  expect(shown(html)).toHaveLength(200);
  expect(html).toContain("Only 200 are shown: search for the others.");
  expect(html).toContain('aria-label="Search found devices"');
  expect(paint(many.slice(0, 8))).not.toContain('aria-label="Search found devices"');
});

test("when nothing waits any more and something was added, the page leads on", () => {
  expect(paint([device("c", added)])).toContain('href="/everything"');
  expect(paint([device("c", added), device("a")])).not.toContain('href="/everything"');
});

test("DV-160: a device shows its facts, and links to its own page apart from this one", () => {
  const value = { role: "value", registration: "r", name: "Battery", value: 80, unit: "%", actuator: false };
  const html = paint([
    device("a", {
      firmware: "14.2",
      url: "http://10.0.0.4/",
      entities: [
        {
          id: "e",
          convention: "homie",
          name: "Battery",
          kind: "sensor",
          kept: false,
          values: [{ ...value, deviceClass: "battery", at: Date.UTC(2026, 0, 2, 3, 4) }],
        },
      ],
    }),
  ]);
  expect(html).toContain("Firmware 14.2 · Battery 80");
  expect(html).toMatch(/Last heard [^·]*2026/);
  expect(html).toMatch(/<a [^>]*href="http:\/\/10\.0\.0\.4\/" target="_blank" rel="noopener noreferrer">/);
  expect(paint([device("b")])).not.toContain("Firmware");
});
