import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { LiveProvider } from "@/components/live/LiveProvider";
import type { PointInfo } from "@/lib/point";
import type { Snapshot } from "@/lib/protocol";
import { useControl } from "./useControl";

const lamp = {
  id: "lamp",
  registration: "lamp",
  origin: "store",
  broker: "main",
  name: "Lamp",
  type: "boolean",
  operable: true,
  command: { kind: "switch", assumed: false, send: "release", confirmMs: 5000 },
} as PointInfo;
const snapshot = {
  room: "r",
  epoch: "e",
  rev: 1,
  now: 65_000,
  points: [lamp],
  values: [[0, true, 5000, { freshness: "live", since: 5000 }]],
  commands: [],
  brokers: [],
} as unknown as Snapshot;

function Probe() {
  const { disabled, why } = useControl(lamp, "note", String);
  return `disabled ${disabled}, because ${why}`;
}

test("FR-104: while the page comes alive its controls are disabled, which is not worth a word", () => {
  const html = renderToString(
    <LiveProvider view={{ kind: "everything" }} snapshot={snapshot}>
      <Probe />
    </LiveProvider>,
  );
  expect(html).toBe("disabled true, because undefined");
});
