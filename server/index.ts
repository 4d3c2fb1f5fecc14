import { createServer } from "node:http";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import next from "next";
import { pino } from "pino";
import { createTelltale } from "./app";
import { readConfig } from "./config";

/** The only file with side effects at import: reads the environment, creates, listens, and stops in order. */

const STOP_LIMIT_MS = 5000;

const config = readConfig(process.env);
if (!config.ok) {
  for (const fault of config.error) console.error(`telltale: ${fault}`);
  process.exit(1);
}
const { host, port, logLevel } = config.value;
const dev = process.env.NODE_ENV !== "production";
const log = pino({ level: logLevel, base: null });

const httpServer = createServer();
const dir = process.env.TELLTALE_NEXT_DIR ?? process.cwd();
const pages = next({ dev, dir, hostname: host, port, httpServer });
const buildFolder = dev ? undefined : path.join(dir, ".next", "static");
// Next would answer every upgrade by itself; only its own (HMR in development) are left to it by server/app.ts.

let telltale: Awaited<ReturnType<typeof createTelltale>> | undefined;

let stopping = false;

/** A second signal (npm passes Ctrl-C on, too) must not cut the first one's work short. */
async function stop(signal: string) {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, "stopping");
  setTimeout(() => {
    log.error({}, `not stopped after ${STOP_LIMIT_MS} ms, leaving`);
    process.exit(1);
  }, STOP_LIMIT_MS).unref();
  await telltale?.stop();
  process.exit(0);
}
process.on("SIGTERM", () => void stop("SIGTERM"));
process.on("SIGINT", () => void stop("SIGINT"));
process.on("SIGHUP", () => void stop("SIGHUP"));

try {
  telltale = await createTelltale(config.value, { httpServer, log, pages, dev, ...(buildFolder && { buildFolder }) });
  const { url, setupLink, demo } = await telltale.start();
  // scripts/lib/smallYoungHeap.mjs kept it small while the modules were loaded; from here on it may grow with the work.
  setFlagsFromString("--semi-space-growth-factor=2");
  // Kept on, it costs a third of the time that a message takes; the memory that it saved while loading stays saved.
  setFlagsFromString("--no-optimize-for-size");
  console.log(`\nTelltale is at ${url}`);
  if (demo) console.log("No broker is configured: this is the demo house. Set MQTT_URL to see your own devices.");
  if (setupLink) console.log(`First, make yourself the admin (this link works once): ${setupLink}`);
  console.log("");
} catch (error) {
  console.error(`telltale: ${error instanceof Error ? error.message : String(error)}`);
  log.debug({ err: error }, "start failed");
  await telltale?.stop();
  process.exit(1);
}
