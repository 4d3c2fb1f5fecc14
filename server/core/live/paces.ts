import { z } from "zod";
import { PointId } from "../../../lib/ids";
import type { Pace } from "../../pipeline/staleness";
import type { Clock, Log, Unsubscribe } from "../../ports";

/** Where they are kept: one text, replaced as a whole. */
export interface PaceMemory {
  read(): Promise<string | undefined>;
  write(text: string): Promise<void>;
}

/** A pace is learned over minutes; what a crash loses of it is learned again. */
const WRITE_EVERY_MS = 600_000;
/** Some 40 bytes each. */
const MAX_PACES = 20_000;

const Stored = z.record(z.string(), z.tuple([z.number().positive(), z.number().positive()]));

/** Brings the paces of points over a restart, so that a device that fell silent meanwhile is missed at once. */
export function createPaceWriter(parts: {
  clock: Clock;
  log: Log;
  memory: PaceMemory | undefined;
  paces(): Iterable<[PointId, Pace]>;
}) {
  const { clock, log, memory } = parts;
  let written = "";

  function toText(): string {
    const stored: Record<string, [number, number]> = Object.create(null);
    let count = 0;
    for (const [id, { every, readings }] of parts.paces()) {
      if (count++ >= MAX_PACES) break;
      // Rounded, so that jitter is no reason to write.
      stored[id] = [Number(every.toPrecision(2)), Number(readings.toPrecision(2))];
    }
    return JSON.stringify(stored);
  }

  async function write(): Promise<void> {
    if (!memory) return;
    const text = toText();
    if (text === written) return;
    try {
      await memory.write(text);
      written = text;
    } catch (error) {
      log.warn({ err: error }, "the paces of the points could not be written: they are learned again after a restart");
    }
  }

  return {
    async load(): Promise<[PointId, Pace][]> {
      try {
        const text = await memory?.read();
        if (text === undefined) return [];
        written = text;
        const stored = Stored.parse(JSON.parse(text));
        return Object.entries(stored).flatMap(([key, [every, readings]]) => {
          const id = PointId.safeParse(key);
          return id.success ? [[id.data, { every, readings }]] : [];
        });
      } catch (error) {
        log.warn({ err: error }, "the paces of the points could not be read: they are learned again");
        return [];
      }
    },
    start: (): Unsubscribe => clock.every(WRITE_EVERY_MS, () => void write()),
    write,
  };
}
