import { compileRegistration } from "../../lib/compile";
import { isKept, type Kept } from "../../lib/history";
import type { PointId } from "../../lib/ids";
import { inWords } from "../../lib/texts/said";
import { createIngest } from "../pipeline/ingest";
import type { StoredReading } from "../ports";
import { bytesOf, type DevicePayload, type DeviceSpec, type DeviceWorld, type SimulatedDevice } from "./device";
import { DEMO_BROKER, demoHouse } from "./house";
import { between, seededRandom, seedFor } from "./random";

/**
 * The past of the demo house: the same devices, run over simulated days before they connect, so that the first chart that anybody
 * opens shows something. What they publish is read by the demo's own registrations; afterwards they go on where they are.
 */

/** What a device still had to do when its past ended. */
export type PastEvent =
  | { kind: "every"; ms: number; run: (elapsedMs: number) => void }
  | { kind: "after"; inMs: number; run: () => void };

/**
 * Devices report so many times less often than in life, and one message of a topic in `THIN_MS` is kept: seven days of every report
 * would take half a minute to make. The last hour is as in life, so that the traces on the tiles have no gap where the past ends.
 */
const STRETCH = 10;
const THIN_MS = 120_000;
const END_MS = 3_600_000;
/** People leave their hands off the controls at the end, so that the house looks alike at every first start. */
const SETTLE_MS = 20 * 60_000;

/** What the people of the house do, by the hour of local time. */
const HABITS: readonly { hour: number; topic: string; payload: string }[] = [
  { hour: 6, topic: "heating/thermostat/set", payload: "21" },
  { hour: 6, topic: "garden/valve/set", payload: "OPEN" },
  { hour: 6.4, topic: "garden/valve/set", payload: "CLOSE" },
  { hour: 6.5, topic: "garage/heater/set", payload: "ON" },
  { hour: 6.6, topic: "garage/heater/set", payload: "ON" },
  { hour: 7, topic: "bedroom/blind/set", payload: "OPEN" },
  { hour: 7.2, topic: "living/lamp/set", payload: '{"brightness": 35}' },
  { hour: 8, topic: "garage/heater/set", payload: "OFF" },
  { hour: 8.1, topic: "garage/heater/set", payload: "OFF" },
  { hour: 8.6, topic: "living/lamp/set", payload: '{"brightness": 0}' },
  { hour: 13, topic: "office/fan/set", payload: '{"on": true}' },
  { hour: 13.5, topic: "bedroom/fan/mode/set", payload: "low" },
  { hour: 16, topic: "office/fan/set", payload: '{"on": false}' },
  { hour: 17, topic: "workshop/light/set", payload: "ON" },
  { hour: 17.6, topic: "living/lamp/set", payload: '{"brightness": 62}' },
  { hour: 18, topic: "bedroom/fan/mode/set", payload: "auto" },
  { hour: 18.3, topic: "living/reading-lamp/set", payload: '{"state": "ON", "brightness": 168}' },
  { hour: 19, topic: "garden/valve/set", payload: "OPEN" },
  { hour: 19.5, topic: "garden/valve/set", payload: "CLOSE" },
  { hour: 21, topic: "workshop/light/set", payload: "OFF" },
  { hour: 21.2, topic: "bedroom/blind/set", payload: "CLOSE" },
  { hour: 22.5, topic: "heating/thermostat/set", payload: "18" },
  { hour: 22.8, topic: "living/reading-lamp/set", payload: '{"state": "OFF"}' },
  { hour: 23.3, topic: "living/lamp/set", payload: '{"brightness": 0}' },
];

/** How the house is left, as its devices start in life. The garage heater hears every other order. */
const LEFT: readonly (readonly [topic: string, payload: string])[] = [
  ["heating/thermostat/set", "21"],
  ["garden/valve/set", "CLOSE"],
  ["garage/heater/set", "OFF"],
  ["garage/heater/set", "OFF"],
  ["bedroom/blind/position/set", "60"],
  ["living/lamp/set", '{"brightness": 62}'],
  ["living/reading-lamp/set", '{"state": "ON", "brightness": 168}'],
  ["office/fan/set", '{"on": false}'],
  ["bedroom/fan/mode/set", "auto"],
  ["workshop/light/set", "ON"],
];

export interface PastSpan {
  /** Epoch ms. */
  from: number;
  to: number;
  seed: number;
}

/**
 * Runs the devices from `from` to `to` and yields what history keeps of it, in batches, as time goes on. Answers what each device
 * has still to do. The same seed and span give the same past.
 */
export function* makePast(
  devices: readonly SimulatedDevice[],
  { from, to, seed }: PastSpan,
  batch = 5000,
): Generator<StoredReading[], Map<DeviceSpec, PastEvent[]>, void> {
  const queue = createQueue();
  let readings: StoredReading[] = [];
  let now = from;
  const record = createRecorder((reading) => readings.push(reading));

  const kept = new Map<string, number>();
  const publish = (topic: string, payload: DevicePayload): void => {
    const last = kept.get(topic) ?? Number.NEGATIVE_INFINITY;
    if (now < to - END_MS && now - last < THIN_MS) return;
    kept.set(topic, now);
    record(topic, payload, now);
  };
  const say = (topic: string, payload: string): void => {
    for (const device of devices) device.receive(topic, payload);
  };

  for (const device of devices) {
    const random = seededRandom(seedFor(seed, `${device.spec.id} past`));
    let connected = true;
    const after = (ms: number, run: () => void): void => queue.add({ at: now + ms, device: device.spec, run });
    const world: DeviceWorld = {
      now: () => now,
      say: (topic, payload) => connected && publish(topic, payload),
      listens: () => undefined,
      every(ms, run) {
        const step = (): number => (now < to - END_MS ? Math.min(ms * STRETCH, to - END_MS - now + ms) : ms);
        const next = (wait: number): void =>
          queue.add({
            at: now + wait,
            device: device.spec,
            every: { ms, run },
            run() {
              run(wait);
              next(step());
            },
          });
        next(between(random, 0.1, 1) * step());
      },
      after,
      answer: (low, high, run) => after(between(random, low, high), run),
      vanish(ms) {
        connected = false;
        after(ms, () => {
          connected = true;
        });
      },
    };
    device.enter(world);
  }
  live(HABITS, from, to - SETTLE_MS, (at, topic, payload) => queue.add({ at, run: () => say(topic, payload) }));
  for (const [i, [topic, payload]] of LEFT.entries())
    queue.add({ at: to - SETTLE_MS + i * 5000, run: () => say(topic, payload) });

  for (let event = queue.next(to); event; event = queue.next(to)) {
    now = event.at;
    event.run();
    if (readings.length < batch) continue;
    yield readings;
    readings = [];
  }
  yield readings;
  return leftOver(queue.rest(), to);
}

/** The habits of each day in the span, at times of day that are local time. */
function live(
  habits: typeof HABITS,
  from: number,
  to: number,
  act: (at: number, topic: string, payload: string) => void,
): void {
  const day = new Date(from);
  day.setHours(0, 0, 0, 0);
  for (; day.getTime() < to; day.setDate(day.getDate() + 1))
    for (const { hour, topic, payload } of habits) {
      const at = day.getTime() + hour * 3_600_000;
      if (at >= from && at < to) act(at, topic, payload);
    }
}

/** From message to what history keeps of it, by the demo's own registrations. */
function createRecorder(keep: (reading: StoredReading) => void) {
  const ingest = createIngest();
  ingest.replace(
    demoHouse("mqtt://127.0.0.1").topics.map((registration) => {
      const compiled = compileRegistration(registration);
      if (!compiled.ok)
        throw new Error(`${registration.id}${compiled.error.pointer}: ${inWords(compiled.error.message)}`);
      return { compiled: compiled.value, broker: DEMO_BROKER, origin: "demo" as const };
    }),
  );
  const last = new Map<PointId, Kept>();
  return (topic: string, payload: DevicePayload, now: number): void => {
    for (const { point, outcome } of ingest.handle(DEMO_BROKER, topic, bytesOf(payload), now)) {
      if (!outcome.ok) continue;
      const { value, at } = outcome;
      if (point.slot.history && !isKept(point.slot.history, last.get(point.id), value, at)) continue;
      last.set(point.id, { value, at });
      keep({ point: point.id, value, at });
    }
  };
}

interface QueuedEvent {
  at: number;
  run: () => void;
  /** Whose it is; absent: the people's. */
  device?: DeviceSpec;
  every?: { ms: number; run: (elapsedMs: number) => void };
}

function leftOver(events: readonly QueuedEvent[], to: number): Map<DeviceSpec, PastEvent[]> {
  const left = new Map<DeviceSpec, PastEvent[]>();
  for (const { at, device, run, every } of events) {
    if (!device) continue;
    const event: PastEvent = every ? { kind: "every", ...every } : { kind: "after", inMs: at - to, run };
    const ofDevice = left.get(device);
    if (ofDevice) ofDevice.push(event);
    else left.set(device, [event]);
  }
  return left;
}

/** Events by time; of one moment, as they were added. A binary heap: half a million events pass through it. */
function createQueue() {
  const heap: (QueuedEvent & { order: number })[] = [];
  let order = 0;
  const before = (a: number, b: number): boolean => {
    const [one, other] = [heap[a], heap[b]];
    if (!one || !other) return false;
    return one.at < other.at || (one.at === other.at && one.order < other.order);
  };
  const swap = (a: number, b: number): void => {
    const [one, other] = [heap[a], heap[b]];
    if (one && other) [heap[a], heap[b]] = [other, one];
  };
  return {
    add(event: QueuedEvent): void {
      // A clock has whole milliseconds.
      heap.push({ ...event, at: Math.floor(event.at), order: order++ });
      for (let i = heap.length - 1; i > 0; ) {
        const parent = (i - 1) >> 1;
        if (!before(i, parent)) break;
        swap(i, parent);
        i = parent;
      }
    },
    /** The earliest event before `to`, taken out. */
    next(to: number): QueuedEvent | undefined {
      const first = heap[0];
      if (!first || first.at >= to) return undefined;
      const last = heap.pop();
      if (!last || heap.length === 0) return first;
      heap[0] = last;
      for (let i = 0; ; ) {
        const [left, right] = [2 * i + 1, 2 * i + 2];
        const child = before(right, left) ? right : left;
        if (!before(child, i)) break;
        swap(i, child);
        i = child;
      }
      return first;
    },
    rest: (): readonly QueuedEvent[] => [...heap].sort((a, b) => a.order - b.order),
  };
}
