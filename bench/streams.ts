import { PROTOCOL_VERSION } from "../lib/protocolLimits";
import { startWorker, type Worker } from "./processes";
import { DASHBOARD, type TestBed } from "./testBed";

/** What one reader of the stream noted: ms from the publish of each value, and the longest time without any. */
export interface Noted {
  latencies: number[];
  longestGap: number;
  /** ms since the last one. */
  silentFor: number;
}

/** A viewer without a browser and a bare subscriber, side by side: both meet the same messages and the same busy machine. */
export interface Streams {
  begin(): Promise<void>;
  noted(): Promise<{ ours: Noted; bare: Noted }>;
  stop(): Promise<void>;
}

export async function openStreams(bed: TestBed, base: number, filter = "bench/#"): Promise<Streams> {
  const ours = await startWorker("stream");
  const bare = await startWorker("stream");
  const { url } = bed.telltale;
  const ready = await ours.ask<{ ready: boolean }>({
    start: {
      base,
      url: `${url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`,
      origin: url,
      version: { protocol: PROTOCOL_VERSION },
      view: { kind: "dashboard", slug: DASHBOARD },
    },
  });
  if (!ready.ready) {
    for (const worker of [ours, bare]) await worker.stop();
    throw new Error(`the dashboard cannot be watched:\n${bed.telltale.log()}`);
  }
  await bare.ask({ start: { base, mqtt: bed.mosquitto.url, filter } });
  const both = async <T>(question: object) => [await ours.ask<T>(question), await bare.ask<T>(question)] as const;
  const all: readonly Worker[] = [ours, bare];
  return {
    async begin() {
      await both({ begin: true });
    },
    async noted() {
      const [a, b] = await both<Noted>({ count: true });
      return { ours: a, bare: b };
    },
    async stop() {
      for (const worker of all) await worker.stop();
    },
  };
}
