import fc from "fast-check";
import { expect, test } from "vitest";
import type { CompiledRegistration } from "../../../lib/compiled";
import type { PointId } from "../../../lib/ids";
import { finish } from "../../../lib/steps";
import type { IngestPoint, IngestRegistration } from "../../pipeline/ingest";
import { createPointOrder } from "./order";
import { newRecord, type PointRecord } from "./record";

const source = (id: string) =>
  ({
    compiled: { registration: { id } } as CompiledRegistration,
    broker: "main",
    origin: "store",
  }) as IngestRegistration;
const SOURCES = ["b", "a", "c"].map(source);

interface Key {
  registration: number;
  topic: string;
  slot: number;
}
const idOf = ({ registration, topic, slot }: Key): string => `${registration}/${topic}.${slot}`;
const recordOf = ({ registration, topic, slot }: Key): PointRecord => {
  const of = {
    point: { id: idOf({ registration, topic, slot }) as PointId, slot: { index: slot } },
    source: SOURCES[registration],
    topic,
  } as IngestPoint;
  return newRecord(of, 0);
};

const key = fc.record({
  registration: fc.nat(2),
  topic: fc.constantFrom("a/1", "a/10", "a/2", "b", "c/d", "z"),
  slot: fc.nat(2),
});
const step = fc.oneof(
  fc.record({ what: fc.constant("place" as const), key }),
  fc.record({ what: fc.constant("remove" as const), key }),
  fc.record({ what: fc.constant("list" as const) }),
  fc.record({ what: fc.constant("refresh" as const) }),
  fc.record({ what: fc.constant("rank" as const), order: fc.shuffledSubarray([0, 1, 2], { minLength: 3 }) }),
);

test("LV-49: the list is in order whatever comes, goes or changes", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const order = createPointOrder();
      let ranked = SOURCES;
      finish(order.rank(ranked));
      const there = new Map<string, PointRecord>();
      for (const one of steps) {
        if (one.what === "list") order.list();
        else if (one.what === "refresh") finish(order.refreshing());
        else if (one.what === "rank") {
          ranked = one.order.map((i) => SOURCES[i] as IngestRegistration);
          finish(order.rank(ranked));
        } else if (one.what === "remove") {
          const record = there.get(idOf(one.key));
          if (record) order.remove(record);
          there.delete(idOf(one.key));
        } else {
          const record = there.get(idOf(one.key)) ?? recordOf(one.key);
          there.set(idOf(one.key), record);
          order.place(record);
        }
      }
      const wanted = [...there.values()].sort(
        ({ of: a }, { of: b }) =>
          ranked.indexOf(a.source) - ranked.indexOf(b.source) ||
          ((a.topic ?? "") < (b.topic ?? "") ? -1 : a.topic === b.topic ? 0 : 1) ||
          a.point.slot.index - b.point.slot.index,
      );
      expect(order.list().map(({ of }) => of.point.id)).toEqual(wanted.map(({ of }) => of.point.id));
    }),
  );
});

test("LV-49: a point that goes while the registrations change places is in the list no more", () => {
  const order = createPointOrder();
  finish(order.rank(SOURCES));
  const record = recordOf({ registration: 2, topic: "b", slot: 1 });
  order.place(record);
  expect(order.list()).toEqual([record]);
  order.remove(record);
  finish(order.rank([SOURCES[2], SOURCES[0], SOURCES[1]] as IngestRegistration[]));
  expect(order.list()).toEqual([]);
});

test("LV-49: one more of many is compared with few", () => {
  const order = createPointOrder();
  finish(order.rank(SOURCES));
  let looks = 0;
  const watched = (topic: string): PointRecord => {
    const record = recordOf({ registration: 0, topic, slot: 0 });
    const { of } = record;
    return Object.defineProperty(record, "of", {
      get() {
        looks++;
        return of;
      },
    });
  };
  for (let i = 0; i < 5000; i++) order.place(watched(`t/${(i * 7919) % 10_007}`));
  order.list();
  looks = 0;
  order.place(watched("t/5000x"));
  expect(order.list()).toHaveLength(5001);
  expect(looks).toBeGreaterThan(0);
  expect(looks).toBeLessThan(200);
});

test("HB-24: thousands that came are brought into the list in steps, among others that come and go meanwhile", () => {
  const order = createPointOrder();
  finish(order.rank(SOURCES));
  const records = Array.from({ length: 3000 }, (_, i) =>
    recordOf({ registration: i % 3, topic: `t/${(i * 7919) % 10_007}`, slot: 0 }),
  );
  for (const record of records) order.place(record);
  let steps = 0;
  for (const _ of order.refreshing()) {
    steps++;
    // Those of one portion, and those that came again meanwhile.
    if (steps <= 4) expect(records.filter(({ listed }) => listed).length).toBeLessThanOrEqual(steps * 500);
    const [gone, again] = [records[steps * 3], records[steps * 5 + 1]];
    if (gone) order.remove(gone);
    if (again) order.place(again);
  }
  expect(steps).toBeGreaterThanOrEqual(6);
  const ids = order.list().map(({ of }) => of.point.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeLessThan(3000);
  const whole = createPointOrder();
  finish(whole.rank(SOURCES));
  for (const record of order.list()) whole.place(record);
  expect(whole.list().map(({ of }) => of.point.id)).toEqual(ids);
});
