import fc from "fast-check";
import { expect, test } from "vitest";
import { createLiveStore } from "../components/live/store";
import type { PointId } from "../lib/ids";
import type { CatchUp, Frame } from "../lib/protocol";
import { createRoomFrames } from "../server/pipeline/frames";
import { createLastValues } from "../server/pipeline/lastValues";
import { catchUp, type ResolvedView, snapshotOf } from "../server/pipeline/views";
import type { LivePoint } from "../server/ports";

/**
 * The server's room and the page's store with a bad channel between them. Both sides are the real ones; only the channel is played.
 */

const IDS = ["a", "b", "c"] as PointId[];
const noBrokers = { states: () => [] };

function createServer(run: number) {
  const values = createLastValues();
  for (const id of IDS)
    values.add({ id, registration: id, origin: "store", broker: "main", name: id } as unknown as LivePoint["info"], {
      freshness: "unknown",
      since: 0,
    });
  const epoch = `run ${run}`;
  const view: ResolvedView = {
    room: "room",
    access: { user: "anonymous", role: "viewer", grants: [] },
    ids: IDS,
    points: IDS.map((id) => ({ ...(values.get(id) as LivePoint).info, operable: false })),
  };
  const live = {
    epoch,
    get rev() {
      return values.rev;
    },
    get: values.get,
    points: () => [],
    actuator: () => undefined,
  };
  return { values, epoch, view, live, frames: createRoomFrames(view.room, epoch, IDS, values.rev, values.get) };
}

type Message =
  | { kind: "frame"; frame: Frame }
  | { kind: "beat"; beat: { room: string; epoch: string; rev: number; now: number } }
  | { kind: "answer"; answer: CatchUp };

type Step =
  | { do: "reading"; point: number }
  | { do: "status"; point: number }
  | { do: "flush" | "beat" | "restart" | "drop" | "swap" | "double" | "reconnect" }
  | { do: "deliver"; count: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("reading" as const), point: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("status" as const), point: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("deliver" as const), count: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 5, arbitrary: fc.constant({ do: "flush" as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom("beat", "drop", "swap", "double", "reconnect", "restart"),
    }) as fc.Arbitrary<Step>,
  },
);

test("FR-52: over any channel the page ends with what the server has, and never shows what was not said", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      let run = 0;
      let clock = 0;
      let server = createServer(run);
      let channel: Message[] = [];
      const said = new Set<string>(IDS.map((id) => `${id} null`));
      const store = createLiveStore(snapshotOf(server.live, noBrokers, server.view, clock));

      const ask = (): void => {
        const { room, position } = store.getState();
        channel.push({
          kind: "answer",
          answer: catchUp(server.live, noBrokers, server.view, { room, since: position }, clock),
        });
      };
      const take = (message: Message): void => {
        if (message.kind === "answer") store.catchUp(message.answer, clock);
        else if (
          (message.kind === "frame" ? store.applyFrame(message.frame) : store.heartbeat(message.beat, clock)) === "gap"
        )
          ask();
        for (const [id, { value }] of store.getState().points) expect(said).toContain(`${id} ${value}`);
      };
      const beat = (): void => {
        channel.push({ kind: "beat", beat: { room: "room", epoch: server.epoch, rev: server.frames.rev, now: clock } });
      };
      const flush = (): void => {
        const frame = server.frames.flush(server.values.rev, 0);
        // As it crosses the wire: nothing shared, nothing undefined.
        if (frame) channel.push({ kind: "frame", frame: JSON.parse(JSON.stringify(frame)) });
      };
      const acts: { [K in Step["do"]]: (step: Extract<Step, { do: K }>) => void } = {
        reading({ point }) {
          const id = IDS[point] as PointId;
          clock++;
          said.add(`${id} ${clock}`);
          server.values.apply(id, { reading: { value: clock, at: clock }, status: { freshness: "live", since: 1 } });
          server.frames.add(id, "value");
        },
        status({ point }) {
          const id = IDS[point] as PointId;
          clock++;
          server.values.apply(id, { status: { freshness: "stale", since: clock } });
          server.frames.add(id, "status");
        },
        flush,
        beat,
        restart() {
          server = createServer(++run);
        },
        drop: () => void channel.splice(Math.floor(channel.length / 2), 1),
        swap: () => void channel.push(...channel.splice(0, 1)),
        double: () => void channel.push(...channel.slice(0, 1)),
        // A connection that breaks loses what was under way, and its page asks from where it stands.
        reconnect() {
          channel = [];
          ask();
        },
        deliver({ count }) {
          for (const message of channel.splice(0, count)) take(message);
        },
      };
      for (const one of steps) (acts[one.do] as (s: Step) => void)(one);

      // The channel heals: what still is under way arrives, a last frame and a heartbeat behind it, in order.
      flush();
      beat();
      while (channel.length > 0) take(channel.shift() as Message);
      const state = store.getState();
      expect(state.position).toMatchObject({ epoch: server.epoch });
      for (const id of IDS) {
        const { value, at, status } = server.values.get(id) as LivePoint;
        expect(state.points.get(id)).toMatchObject({ value, at, status });
      }
    }),
    { numRuns: 400 },
  );
});
