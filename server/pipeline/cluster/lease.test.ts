import fc from "fast-check";
import { expect, test } from "vitest";
import { askAgainIn, holds, LEASE, type LeaseInput, type LeaseState, stepLease, WAITING } from "./lease";

const answer = (asked: number, epoch: number | null, now = asked + 5): LeaseInput => ({
  type: "answer",
  asked,
  now,
  epoch,
});
const run = (inputs: LeaseInput[]) => {
  let state: LeaseState = WAITING;
  const changes = inputs.flatMap((input) => {
    const step = stepLease(state, input);
    state = step.state;
    return step.changes;
  });
  return { state, changes };
};

test("CL-2: a holder stops half a second before the database gives the lease away, counted from when it asked", () => {
  const { state } = run([answer(1000, 7)]);
  expect(holds(state, 1000 + LEASE.ttl - LEASE.stopBefore - 1)).toBe(true);
  expect(holds(state, 1000 + LEASE.ttl - LEASE.stopBefore)).toBe(false);
  expect(run([answer(1000, 7), { type: "tick", now: 3500 }]).changes).toEqual([
    { change: "began", epoch: 7 },
    { change: "ended", epoch: 7, why: "expired" },
  ]);
});

test("CL-2: a renewal moves the end on and changes nothing else", () => {
  const { state, changes } = run([answer(1000, 7), answer(2000, 7)]);
  expect(changes).toEqual([{ change: "began", epoch: 7 }]);
  expect(state).toEqual({ state: "held", epoch: 7, until: 4500 });
});

test("CL-2: an answer that took longer than the lease begins nothing", () => {
  expect(run([answer(1000, 7, 3600)])).toEqual({ state: WAITING, changes: [] });
});

test("CL-2: who wakes behind the end has ended before it begins again, in a new epoch or the old one", () => {
  for (const epoch of [7, 9])
    expect(run([answer(1000, 7), answer(20_000, epoch)]).changes).toEqual([
      { change: "began", epoch: 7 },
      { change: "ended", epoch: 7, why: "expired" },
      { change: "began", epoch },
    ]);
});

test("CL-3: a refused write ends the epoch that it was written in, and no later one", () => {
  expect(run([answer(1000, 7), { type: "fenced", epoch: 7 }]).changes.at(-1)).toEqual({
    change: "ended",
    epoch: 7,
    why: "fenced",
  });
  expect(run([answer(1000, 8), { type: "fenced", epoch: 7 }]).state.state).toBe("held");
});

test("CL-2: another holder's answer ends it", () => {
  expect(run([answer(1000, 7), answer(2000, null)]).changes.at(-1)).toEqual({
    change: "ended",
    epoch: 7,
    why: "taken",
  });
});

test("CL-4: a lease that was given back is not taken again, whatever comes", () => {
  const { state, changes } = run([answer(1000, 7), { type: "release" }, answer(1100, 7), { type: "tick", now: 1200 }]);
  expect(state).toEqual({ state: "released" });
  expect(changes.at(-1)).toEqual({ change: "ended", epoch: 7, why: "released" });
  expect(askAgainIn(state)).toBeUndefined();
});

test("CL-2: beginnings and ends alternate, whatever happens", () => {
  const input: fc.Arbitrary<(now: number) => LeaseInput> = fc.oneof(
    fc.record({ late: fc.nat(4000), epoch: fc.option(fc.nat(5)) }).map(
      ({ late, epoch }) =>
        (now: number) =>
          ({ type: "answer", asked: now - late, now, epoch }) as LeaseInput,
    ),
    fc.constant((now: number) => ({ type: "tick", now }) as LeaseInput),
    fc.nat(5).map((epoch) => () => ({ type: "fenced", epoch }) as LeaseInput),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(2000), input), { maxLength: 40 }), (events) => {
      let now = 10_000;
      const all = events.map(([later, of]) => {
        now += later;
        return of(now);
      });
      const { state, changes } = run(all);
      for (const [i, one] of changes.entries()) expect(one.change).toBe(i % 2 === 0 ? "began" : "ended");
      expect(state.state === "held").toBe(changes.length % 2 === 1);
    }),
  );
});
