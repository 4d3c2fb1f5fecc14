import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import type { Snapshot } from "@/lib/protocol";
import { LiveProvider } from "../live/LiveProvider";
import { createCrosshair } from "./crosshair";
import { nextPlace } from "./nextPlace";
import { Plot } from "./Plot";
import { feedState, lineOf } from "./testing";

const snapshot = { room: "r", epoch: "e", rev: 1, now: 0, points: [], values: [], commands: [], brokers: [] };

test("CH-10: a chart is a picture with all of it in words, that the keyboard reaches, before it has come alive", () => {
  const state = feedState({});
  const html = renderToString(
    <LiveProvider view={{ kind: "everything" }} snapshot={snapshot as unknown as Snapshot}>
      <Plot
        feed={{
          get: () => state,
          subscribe: () => () => undefined,
          start: () => () => undefined,
          show: () => undefined,
          again: () => undefined,
        }}
        crosshair={createCrosshair()}
        lines={[lineOf("a", "number")]}
        span={{ kind: "last", ms: 3_600_000 }}
        height={180}
        locale="en"
        zone="UTC"
        summary="Boiler: 21.5 °C now"
        writeState={String}
      />
    </LiveProvider>,
  );
  expect(html).toBe(
    '<div class="plot" role="img" aria-label="Boiler: 21.5 °C now" tabindex="0" style="height:180px"></div>',
  );
});

test.each([
  ["an arrow goes to the next reading", 5, 1, 6],
  ["and to the one before", 5, -1, 4],
  ["with Shift by ten, no further than what is seen", 5, 10, 9],
  ["nor before it", 5, -10, 2],
  ["without a place, to the right, it begins at the left edge", null, 1, 2],
  ["and to the left at the right edge", undefined, -1, 9],
  ["by ten from outside", null, 10, 9],
])("CH-10: %s", (_, from, by, to) => {
  expect(nextPlace(from, by, [2, 9])).toBe(to);
});
