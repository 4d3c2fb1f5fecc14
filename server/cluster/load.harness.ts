import mqtt from "mqtt";
import type { RecordingGap } from "../../lib/recordingGap";
import type { Telltale } from "../faults/telltaleProcess";
import type { Viewer } from "../faults/viewer";
import { untilAnswer } from "./untilAnswer.harness";

/** Messages that count up, and how far what is stored is from what was sent. */

export const POINTS = 10;

/**
 * Counts up on every point in turn, every other message with QoS 1, and remembers when each number was sent. A broker that is killed loses nothing
 * that is counted here only where its publisher waits for it.
 */
export async function startLoad(url: string, perSecond: number, behind?: { sentAt: number[][] }) {
  const client = await mqtt.connectAsync(url, { protocolVersion: 4, reconnectPeriod: 100 });
  const sentAt = behind?.sentAt ?? Array.from({ length: POINTS }, (): number[] => []);
  let n = sentAt.reduce((sum, { length }) => sum + length, 0);
  const every = 20;
  const timer = setInterval(() => {
    for (let i = 0; i < (perSecond * every) / 1000; i++) {
      const point = n++ % POINTS;
      const times = sentAt[point] as number[];
      client.publish(`load/p${point}`, String(times.length), { qos: times.length % 2 === 0 ? 0 : 1 });
      times.push(Date.now());
    }
  }, every);
  let ending: Promise<void> | undefined;
  return {
    sentAt,
    /** How many messages were sent. */
    count: () => n,
    /** Resolves when all that were sent have left for the broker. */
    stop() {
      clearInterval(timer);
      ending ??= client.endAsync();
      return ending;
    },
  };
}
export type Load = Awaited<ReturnType<typeof startLoad>>;

/**
 * When a bare subscriber received each number of each point: a broker that is slow makes no time of a reading wrong, and what a broker brings to
 * nobody is missing by nobody's fault. It uses the first of the addresses that it reaches.
 */
export async function hearLoad(urls: readonly string[]) {
  const heardAt = Array.from({ length: POINTS }, (): number[] => []);
  let again = 0;
  const servers = urls.map((url) => {
    const { hostname, port } = new URL(url);
    return { host: hostname, port: Number(port), protocol: "mqtt" as const };
  });
  const client = await mqtt.connectAsync({ servers, protocolVersion: 4, reconnectPeriod: 100 });
  // Whatever it is, the next address is tried.
  client.on("error", () => undefined);
  client.on("message", (topic, payload) => {
    const times = heardAt[Number(topic.slice("load/p".length))];
    const n = Number(payload.toString());
    if (times?.[n] !== undefined) again++;
    else if (times) times[n] = Date.now();
  });
  await client.subscribeAsync("load/#", { qos: 1 });
  return {
    heardAt,
    /** How many messages the broker has brought more than once. */
    again: () => again,
    has: ({ point, n }: Missing) => heardAt[Number(point.slice(1))]?.[n] !== undefined,
    stop: () => client.endAsync(true),
  };
}

/** `more` further messages of each point are shown. */
export async function shown(viewer: Viewer, load: Load, more: number): Promise<void> {
  const from = load.count() / POINTS + more;
  await viewer.until(`${more} more messages`, () => Number(viewer.points.get("p0")?.value ?? -1) >= from);
}

interface Reading {
  point: string;
  t: number;
  value: number;
}

/** What the history of all points holds, all of it, in the order of each point's times. */
async function storedReadings(by: Telltale): Promise<Map<string, Reading[]>> {
  const names = Array.from({ length: POINTS }, (_, i) => `p${i}`);
  const query = `${names.map((name) => `points=${name}`).join("&")}&from=0&to=${Date.now() + 3_600_000}&format=jsonl`;
  const text = await by.text(`/api/v1/history/export?${query}`);
  const found = new Map<string, Reading[]>(names.map((name) => [name, []]));
  for (const line of text.split("\n").filter(Boolean)) {
    const reading = JSON.parse(line) as Reading;
    found.get(reading.point)?.push(reading);
  }
  return found;
}

/** A message that was sent and is not stored. */
export interface Missing {
  point: string;
  n: number;
  /** Epoch ms. */
  sentAt: number;
}

/** How far what is stored is from what was sent. `heardAt`: when others received it, where that is known. */
export async function compare(by: Telltale, { sentAt }: Pick<Load, "sentAt">, heardAt: readonly number[][] = sentAt) {
  const found = { stored: 0, missing: [] as Missing[], doubled: 0, outOfOrder: 0 };
  /** By how many ms the time of each reading differs from when it was received, or sent. */
  const timesOff: number[] = [];
  const stored = await storedReadings(by);
  for (const [i, sent] of sentAt.entries()) {
    const point = `p${i}`;
    const readings = stored.get(point) ?? [];
    const there = new Set(readings.map(({ value }) => value));
    found.stored += readings.length;
    found.doubled += readings.length - there.size;
    for (const [n, at] of sent.entries()) if (!there.has(n)) found.missing.push({ point, n, sentAt: at });
    for (const [j, { t, value }] of readings.entries()) {
      if (value < (readings[j - 1]?.value ?? 0)) found.outOfOrder++;
      timesOff.push(Math.abs(t - (heardAt[i]?.[value] ?? (sent[value] as number))));
    }
  }
  return { ...found, timesOff };
}

/** When everything that was sent is stored; what is missing for good fails it. */
export async function untilStored(by: Telltale, load: Load, heardAt?: readonly number[][]): ReturnType<typeof compare> {
  const all = async () => {
    const found = await compare(by, load, heardAt);
    return found.missing.length === 0 && found;
  };
  return untilAnswer("all that was sent is stored", all, { everyMs: 500 });
}

/** What is missing although no gap says so. `onItsWayMs`: what was sent so shortly before or behind one belongs to it. */
export const unexplained = (
  missing: readonly Missing[],
  gaps: readonly RecordingGap[],
  onItsWayMs: number,
): Missing[] =>
  missing.filter(({ sentAt }) => !gaps.some(({ from, to }) => sentAt > from - onItsWayMs && sentAt < to + onItsWayMs));

export const gapsOf = async (by: Telltale): Promise<RecordingGap[]> =>
  (await by.api("GET", `/points/p0/history?from=${Date.now() - 3_600_000}&to=${Date.now() + 60_000}`)).body.gaps;
