import { expect, test } from "vitest";
import type { Access } from "../../lib/access";
import type { PointId } from "../../lib/ids";
import type { View } from "../../lib/protocol";
import { setUp } from "../core/live/liveState.harness";
import { sha256 } from "../sha256";
import { countSeen, resolveView } from "./views";

const access = (role: Access["role"], name = "alex"): Access => ({ user: { id: name, name }, role, grants: [] });
const nothing = { dashboards: () => [] };

test("FR-81: a room is named after its points and who may operate them, and each is described once", async () => {
  const { live } = await setUp({
    topics: [
      { id: "hall", filter: "house/hall", type: "number" },
      { id: "lamp", filter: "house/lamp", type: "boolean", command: { topic: "house/lamp/set" } },
    ],
  });
  const resolve = (who: Access, ...points: string[]) =>
    resolveView(live, nothing, who, { kind: "points", points: points as PointId[] }, sha256);
  const one = resolve(access("operator"), "hall", "lamp");
  const another = resolve(access("operator", "kim"), "hall", "lamp");
  const reader = resolve(access("viewer"), "hall", "lamp");
  expect(one?.points.map(({ operable }) => operable)).toEqual([false, true]);
  expect(another?.room).toBe(one?.room);
  expect(another?.points[1]).toBe(one?.points[1]);
  expect(reader?.points.map(({ operable }) => operable)).toEqual([false, false]);
  expect(reader?.room).not.toBe(one?.room);
  // What nobody may operate is the same for all.
  expect(resolve(access("viewer"), "hall")?.room).toBe(resolve(access("operator"), "hall")?.room);
  expect(resolve(access("operator"), "lamp", "hall")?.room).not.toBe(one?.room);
  expect(resolve(access("operator"), "lamp")?.room).not.toBe(one?.room);
});

test("FR-90: the view of everything has at most the first thousand points, one of chosen points has them all", async () => {
  const ids = Array.from({ length: 1100 }, (_, i) => `p${String(i).padStart(4, "0")}` as PointId);
  const { live } = await setUp({ topics: ids.map((id) => ({ id, filter: `plant/${id}`, type: "number" })) });
  const resolve = (view: View) => resolveView(live, nothing, access("viewer"), view, sha256)?.ids;
  const all = [...live.points()].map(({ info }) => info.id);
  expect(resolve({ kind: "everything" })).toEqual(all.slice(0, 1000));
  expect(resolve({ kind: "points", points: all })).toEqual(all);
});

test("UI-56: what everybody sees is counted without walking over the points", async () => {
  const { live, register } = await setUp({ topics: [{ id: "hall", filter: "house/hall" }] });
  const counted = () =>
    countSeen(
      {
        actuator: live.actuator,
        get size() {
          return live.size;
        },
        points: () => {
          throw new Error("walked over all points");
        },
      },
      access("viewer"),
    );
  expect(counted()).toBe(1);
  register([
    { id: "hall", filter: "house/hall" },
    { id: "attic", filter: "house/attic" },
  ]);
  expect(counted()).toBe([...live.points()].length);
  expect(counted()).toBe(2);
});
