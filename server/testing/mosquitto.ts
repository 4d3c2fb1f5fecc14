import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** A Mosquitto of one's own on 127.0.0.1: a real broker for tests, that can be killed, frozen and brought back. */
export interface MosquittoOptions {
  /** Name → password. Anonymous clients are let in only when there are none, unless `anonymous` says otherwise. */
  users?: Record<string, string>;
  anonymous?: boolean;
  /** The text of an ACL file, as `user x` and `topic readwrite a/#`. */
  acl?: string;
  /** PEM files; with `requireClientCert` only clients with a certificate of the CA are let in. */
  tls?: { ca: string; cert: string; key: string; requireClientCert?: boolean };
  /** The biggest packet that the broker takes, in bytes. */
  maxPacket?: number;
  /** Retained messages survive a stop (not a kill: Mosquitto saves on its way out). */
  persistence?: boolean;
  /** A second listener that speaks MQTT over WebSocket. */
  websockets?: boolean;
  /** A port to listen on; absent: any free one. */
  port?: number;
  /** More lines for mosquitto.conf. */
  conf?: string;
}

export interface Mosquitto {
  readonly host: string;
  readonly port: number;
  /** `mqtt://…`, or `mqtts://…` with TLS. */
  readonly url: string;
  readonly wsUrl: string | undefined;
  pid(): number | undefined;
  /** What it has written so far. */
  log(): string;
  /** SIGTERM, waits for the end and forgets its files. */
  stop(): Promise<void>;
  /** SIGKILL: the connections end without a word. `restart` brings it back. */
  kill(): Promise<void>;
  /** SIGSTOP: the connections stand, nothing answers. */
  freeze(): void;
  thaw(): void;
  /** On the same port, stopped first when it runs. */
  restart(): Promise<void>;
}

const HOST = "127.0.0.1";
const SBIN = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"];
const START_TIMEOUT = 60_000;

const running = new Set<ChildProcess>();
let guarded = false;

/** A test run that dies must not leave brokers behind. */
function guardExit(): void {
  if (guarded) return;
  guarded = true;
  process.once("exit", () => {
    for (const child of running) child.kill("SIGKILL");
  });
}

function findProgram(name: string): string {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...SBIN];
  const found = folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
  if (!found) throw new Error(`${name} is not installed: on Debian, apt install mosquitto`);
  return found;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, HOST, resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

const accepts = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ host: HOST, port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });

function writeConf(dir: string, port: number, wsPort: number | undefined, options: MosquittoOptions): string {
  const file = (name: string, text: string) => {
    const path = join(dir, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  const lines = [
    // Started by root it would become the user "mosquitto", who may not read these files.
    `user ${userInfo().username}`,
    "per_listener_settings false",
    `allow_anonymous ${options.anonymous ?? options.users === undefined}`,
    "max_queued_messages 0",
    `persistence ${options.persistence === true}`,
    `persistence_location ${dir}/`,
  ];
  if (options.maxPacket !== undefined) lines.push(`max_packet_size ${options.maxPacket}`);
  if (options.users) {
    const path = file("passwords", "");
    const program = findProgram("mosquitto_passwd");
    for (const [user, password] of Object.entries(options.users))
      execFileSync(program, ["-b", path, user, password], { stdio: "ignore" });
    lines.push(`password_file ${path}`);
  }
  if (options.acl !== undefined) lines.push(`acl_file ${file("acl", options.acl)}`);
  lines.push(options.conf ?? "", `listener ${port} ${HOST}`);
  if (options.tls) {
    lines.push(
      `cafile ${file("ca.pem", options.tls.ca)}`,
      `certfile ${file("cert.pem", options.tls.cert)}`,
      `keyfile ${file("key.pem", options.tls.key)}`,
      `require_certificate ${options.tls.requireClientCert === true}`,
    );
  }
  if (wsPort !== undefined) lines.push(`listener ${wsPort} ${HOST}`, "protocol websockets");
  return file("mosquitto.conf", `${lines.join("\n")}\n`);
}

/** Resolves when it takes connections. */
export async function startMosquitto(options: MosquittoOptions = {}): Promise<Mosquitto> {
  guardExit();
  const program = findProgram("mosquitto");
  const dir = mkdtempSync(join(tmpdir(), "telltale-mosquitto-"));
  const port = options.port ?? (await freePort());
  const wsPort = options.websockets ? await freePort() : undefined;
  const conf = writeConf(dir, port, wsPort, options);
  let child: ChildProcess | undefined;
  let output = "";

  const alive = () => child !== undefined && child.exitCode === null && child.signalCode === null;

  const start = async (): Promise<void> => {
    const started = spawn(program, ["-c", conf], { stdio: ["ignore", "pipe", "pipe"] });
    child = started;
    running.add(started);
    started.once("exit", () => running.delete(started));
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-100_000);
    };
    started.stdout.on("data", keep);
    started.stderr.on("data", keep);
    const deadline = Date.now() + START_TIMEOUT;
    for (const wanted of wsPort === undefined ? [port] : [port, wsPort]) {
      while (!(await accepts(wanted))) {
        if (!alive() || Date.now() > deadline) throw new Error(`mosquitto did not start on port ${wanted}:\n${output}`);
        await pause(10);
      }
    }
    // Somebody else's listener may have answered on our port while ours failed to bind.
    if (!alive()) throw new Error(`mosquitto ended at once:\n${output}`);
  };

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child;
    if (!ending || !alive()) return;
    const gone = new Promise<void>((resolve) => ending.once("exit", () => resolve()));
    ending.kill(signal);
    ending.kill("SIGCONT");
    await gone;
  };

  await start();
  return {
    host: HOST,
    port,
    url: `${options.tls ? "mqtts" : "mqtt"}://${HOST}:${port}`,
    wsUrl: wsPort === undefined ? undefined : `ws://${HOST}:${wsPort}`,
    pid: () => (alive() ? child?.pid : undefined),
    log: () => output,
    stop: async () => {
      await end("SIGTERM");
      rmSync(dir, { recursive: true, force: true });
    },
    kill: () => end("SIGKILL"),
    freeze: () => {
      child?.kill("SIGSTOP");
    },
    thaw: () => {
      child?.kill("SIGCONT");
    },
    restart: async () => {
      await end("SIGTERM");
      await start();
    },
  };
}
