import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { createPrivateServer, findProgram, freePort, HOST } from "./privateServer";

export { freePort };

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
    const program = findProgram("mosquitto_passwd", "mosquitto");
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
  const program = findProgram("mosquitto", "mosquitto");
  const dir = mkdtempSync(join(tmpdir(), "telltale-mosquitto-"));
  const port = options.port ?? (await freePort());
  const wsPort = options.websockets ? await freePort() : undefined;
  const conf = writeConf(dir, port, wsPort, options);
  const server = createPrivateServer({
    program,
    args: ["-c", conf],
    ports: wsPort === undefined ? [port] : [port, wsPort],
  });
  await server.start();
  return {
    host: HOST,
    port,
    url: `${options.tls ? "mqtts" : "mqtt"}://${HOST}:${port}`,
    wsUrl: wsPort === undefined ? undefined : `ws://${HOST}:${wsPort}`,
    pid: server.pid,
    log: server.log,
    stop: async () => {
      await server.end("SIGTERM");
      rmSync(dir, { recursive: true, force: true });
    },
    kill: () => server.end("SIGKILL"),
    freeze: server.freeze,
    thaw: server.thaw,
    restart: async () => {
      await server.end("SIGTERM");
      await server.start();
    },
  };
}
