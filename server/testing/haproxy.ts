import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPrivateServer, findProgram, freePort, HOST, type PrivateServer } from "./privateServer";

/** An HAProxy of one's own on 127.0.0.1, in front of several nodes of Telltale. */
export interface Haproxy extends Pick<PrivateServer, "pid" | "log" | "start"> {
  /** What browsers use. */
  readonly url: string;
  /** Whether it sends new connections to this node, counted from 1, while the others are ready as well. */
  sendsTo(node: number): boolean;
  stop(): Promise<void>;
}

export interface HaproxyOptions {
  /** The addresses of the nodes, as `http://127.0.0.1:3001`. */
  nodes: readonly string[];
  /** Absent: any free one. */
  port?: number;
}

export async function startHaproxy({ nodes, port: given }: HaproxyOptions): Promise<Haproxy> {
  const program = findProgram("haproxy", "haproxy");
  const dir = mkdtempSync(join(tmpdir(), "telltale-haproxy-"));
  const port = given ?? (await freePort());
  const file = join(dir, "haproxy.cfg");
  writeFileSync(file, haproxyConfig(`${HOST}:${port}`, nodes));
  // In the foreground, as one process: what is started here can be ended by its pid.
  const server = createPrivateServer({ program, args: ["-db", "-f", file], ports: [port] });
  await server.start();
  return {
    pid: server.pid,
    log: server.log,
    start: server.start,
    url: `http://${HOST}:${port}`,
    // It tells changes alone; all nodes count as ready at its start.
    sendsTo: (node) =>
      server
        .log()
        .match(new RegExp(`ready/node-${node} is (UP|DOWN)`, "g"))
        ?.at(-1)
        ?.endsWith("DOWN") !== true,
    async stop() {
      await server.end("SIGTERM");
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/**
 * Any node serves any page, so that nothing is sticky. New connections go to nodes that are ready; when none is (a broker or the database is
 * away) to those that are alive, which show what they know. A connection that stands is left alone: a node that stops says goodbye by itself.
 */
function haproxyConfig(bind: string, nodes: readonly string[]): string {
  const servers = nodes.map((node, i) => `  server node-${i + 1} ${new URL(node).host} check`);
  const backend = (name: string, path: string) => [
    `backend ${name}`,
    "  balance roundrobin",
    `  option httpchk GET ${path}`,
    "  http-check expect status 200",
    "  default-server inter 1s fall 2 rise 1",
    ...servers,
  ];
  const lines = [
    "defaults",
    "  mode http",
    "  option forwardfor",
    // Without it a page whose node was killed tries that one again before the check has noticed.
    "  option redispatch 1",
    "  retries 2",
    "  timeout connect 2s",
    "  timeout client 1m",
    "  timeout server 1m",
    // Of WebSockets.
    "  timeout tunnel 1h",
    "frontend telltale",
    `  bind ${bind}`,
    "  use_backend ready if { nbsrv(ready) gt 0 }",
    "  default_backend alive",
    ...backend("ready", "/readyz"),
    ...backend("alive", "/healthz"),
  ];
  return `${lines.join("\n")}\n`;
}
