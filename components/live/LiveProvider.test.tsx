import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import type { PointId } from "@/lib/ids";
import type { Snapshot } from "@/lib/protocol";
import { useCommand, useConnection, useNow, usePoint } from "./hooks";
import { LiveProvider } from "./LiveProvider";

const snapshot = {
  room: "r",
  epoch: "e",
  rev: 1,
  now: 65_000,
  points: [{ id: "t", registration: "t", origin: "store", broker: "main", name: "T", operable: false }],
  values: [[0, 21.5, 5000, { freshness: "live", since: 5000 }]],
  commands: [],
  brokers: [],
} as unknown as Snapshot;

function Probe({ id }: { id: PointId }) {
  const point = usePoint(id, (point) => point);
  const age = useNow() - (point?.at ?? 0);
  const { disabledReason } = useCommand(id);
  return `${point?.value} ${age} ${useConnection().state} ${disabledReason}`;
}

test("FR-53: the first paint has the values, and ages by the server's clock whatever the machine's says", () => {
  const html = renderToString(
    <LiveProvider view={{ kind: "everything" }} snapshot={snapshot}>
      <Probe id={"t" as PointId} />
    </LiveProvider>,
  );
  expect(html).toBe("21.5 60000 connecting This is a sensor, so it takes no commands.");
});
