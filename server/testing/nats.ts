import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mqtt from "mqtt";
import { createPrivateServer, findProgram, freePort, HOST, type PrivateServer } from "./privateServer";

/** A NATS cluster of one's own on 127.0.0.1, spoken to by MQTT: each member can be killed, frozen and brought back. */
export interface NatsCluster {
  readonly members: readonly NatsMember[];
  /** SIGTERM for all, and forgets their files. */
  stop(): Promise<void>;
}

export interface NatsMember extends Pick<PrivateServer, "pid" | "log" | "freeze" | "thaw"> {
  /** `mqtt://…` */
  readonly url: string;
  /** SIGKILL: the connections end without a word. `restart` brings it back. */
  kill(): Promise<void>;
  /** On the same ports, with the same files, stopped first when it runs. */
  restart(): Promise<void>;
}

const ATTEMPT_MS = 2_000;
const START_LIMIT_MS = 60_000;

async function letsIn(url: string): Promise<void> {
  for (const deadline = Date.now() + START_LIMIT_MS; Date.now() < deadline; ) {
    const client = mqtt.connect(url, { protocolVersion: 4, reconnectPeriod: 0, connectTimeout: ATTEMPT_MS });
    const good = await new Promise<boolean>((resolve) => {
      client.once("connect", () => resolve(true));
      client.once("close", () => resolve(false));
      // `close` follows.
      client.on("error", () => undefined);
    });
    await client.endAsync(true);
    if (good) return;
  }
  throw new Error(`NATS let no client in at ${url} within ${START_LIMIT_MS / 1000} s`);
}

/** Resolves when each member lets clients in: a cluster of three has to choose who leads first, which takes some seconds. */
export async function startNats(members = 1): Promise<NatsCluster> {
  const program = findProgram("nats-server", "nats-server");
  const dir = mkdtempSync(join(tmpdir(), "telltale-nats-"));
  const ports = await Promise.all(
    Array.from({ length: members }, async () => ({
      client: await freePort(),
      route: await freePort(),
      mqttPort: await freePort(),
    })),
  );
  const routes = ports.map(({ route }) => `nats://${HOST}:${route}`).join(", ");
  const servers = ports.map(({ client, route, mqttPort }, i) => {
    const file = join(dir, `n${i + 1}.conf`);
    const lines = [
      // MQTT needs a name, and JetStream for sessions and retained messages.
      `server_name: n${i + 1}`,
      `listen: "${HOST}:${client}"`,
      `jetstream { store_dir: "${join(dir, `n${i + 1}`)}", max_mem: 64MB, max_file: 1GB }`,
      // A message that was on its way to a client that died is sent again after `ack_wait`, by default 30 s.
      `mqtt { listen: "${HOST}:${mqttPort}", ack_wait: "2s", max_ack_pending: 100 }`,
    ];
    if (members > 1) lines.push(`cluster { name: telltale, listen: "${HOST}:${route}", routes: [${routes}] }`);
    writeFileSync(file, `${lines.join("\n")}\n`);
    return createPrivateServer({ program, args: ["-c", file], ports: [client, mqttPort] });
  });
  await Promise.all(servers.map((server) => server.start()));
  await Promise.all(ports.map(({ mqttPort }) => letsIn(`mqtt://${HOST}:${mqttPort}`)));
  return {
    members: servers.map((server, i) => ({
      ...server,
      url: `mqtt://${HOST}:${ports[i]?.mqttPort}`,
      kill: () => server.end("SIGKILL"),
      async restart() {
        await server.end("SIGTERM");
        await server.start();
      },
    })),
    async stop() {
      await Promise.all(servers.map((server) => server.end("SIGTERM")));
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
