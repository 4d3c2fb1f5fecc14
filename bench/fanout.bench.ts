import { PROTOCOL_VERSION } from "../lib/protocolLimits";
import { middle, pause } from "./measure";
import { cpuSeconds, publish, startWorker } from "./processes";
import { report, SMOKE } from "./rows";
import { DASHBOARD, startTestBed } from "./testBed";

/**
 * What one viewer more costs the server for each message: the CPU with all viewers less the CPU with none, over viewers × messages.
 * The bare limit gives each message as it came to every client of a `ws` server. Viewers are bare WebSockets in a process of their own.
 */
const VIEWERS = SMOKE ? 50 : 200;
const RATE = 500;
const POINTS = 50;
const SECONDS = SMOKE ? 3 : 6;
const ROUNDS = SMOKE ? 1 : 3;

const bed = await startTestBed({ points: POINTS });
const { mosquitto, topics, telltale } = bed;
const stream = await publish({ port: mosquitto.port, topics, rate: RATE, seconds: 600, base: Date.now() });
const socketUrl = (port: string | number, path: string): string => `ws://127.0.0.1:${port}${path}`;

async function cpuOver(pid: number): Promise<number> {
  await pause(1500);
  const from = cpuSeconds(pid);
  const at = performance.now();
  await pause(SECONDS * 1000);
  return (cpuSeconds(pid) - from) / ((performance.now() - at) / 1000);
}

async function withViewers<T>(
  start: object,
  run: () => Promise<T>,
): Promise<{ result: T; frames: number; bytes: number }> {
  const viewers = await startWorker("viewers");
  await viewers.ask({ start: { viewers: VIEWERS, ...start } });
  const from = await viewers.ask<{ frames: number; bytes: number }>({ count: true });
  const result = await run();
  const to = await viewers.ask<{ frames: number; bytes: number; closed: number }>({ count: true });
  await viewers.stop();
  if (to.closed > 0) throw new Error(`${to.closed} viewers were cut off`);
  return { result, frames: to.frames - from.frames, bytes: to.bytes - from.bytes };
}

const microseconds = (cpu: number, idle: number): number => ((cpu - idle) / (VIEWERS * RATE)) * 1e6;

interface Round {
  value: number;
  bare: number;
  frames: number;
}

async function round(): Promise<Round> {
  const ours = await withViewers(
    {
      url: `${telltale.url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`,
      origin: telltale.url,
      version: { protocol: PROTOCOL_VERSION },
      view: { kind: "dashboard", slug: DASHBOARD },
    },
    () => cpuOver(bed.pid()),
  );
  // Afterwards, when its code is as warm as it was with them.
  const idle = await cpuOver(bed.pid());

  const bare = await startWorker("broadcast");
  const { port } = await bare.ask<{ port: number }>({ start: { url: mosquitto.url, filter: "bench/#" } });
  const theirs = await withViewers({ url: socketUrl(port, "/"), plain: true }, () => cpuOver(bare.pid));
  const bareIdle = await cpuOver(bare.pid);
  await bare.stop();
  return {
    value: microseconds(ours.result, idle),
    bare: microseconds(theirs.result, bareIdle),
    frames: ours.frames / VIEWERS / (SECONDS + 1.5),
  };
}

try {
  const rounds: Round[] = [];
  for (let i = 0; i < ROUNDS; i++) rounds.push(await round());
  report({
    what: `server CPU per viewer and message, ${VIEWERS} viewers × ${RATE} msg/s`,
    value: middle(rounds, ({ value }) => value),
    unit: "µs",
    bare: middle(rounds, ({ bare }) => bare),
    of: "a bare ws broadcast",
    budget: "viewerMessage",
    smoke: 2,
  });
  report({ what: "frames a second to each viewer", value: middle(rounds, ({ frames }) => frames), unit: "/s" });
} finally {
  await stream.stop();
  await bed.stop();
}
