import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { Aedes } from "aedes";

export interface DemoBroker {
  port: number;
  stop(): Promise<void>;
}

/** Listens on the loopback address only: on `preferred` where it is free (0: on any free port). */
export async function startBroker(preferred: number): Promise<DemoBroker> {
  const broker = await Aedes.createBroker({ id: "telltale-demo", queueLimit: 1000 });
  const server = createServer(broker.handle);
  const port = (await listen(server, preferred)) ?? (await listen(server, 0));
  if (port === undefined) throw new Error("the demo broker found no free port on 127.0.0.1");
  return {
    port,
    async stop() {
      server.close();
      await new Promise<void>((resolve) => broker.close(resolve));
    },
  };
}

/** Undefined when the port is taken, or not ours to take. */
async function listen(server: Server, port: number): Promise<number | undefined> {
  server.listen({ port, host: "127.0.0.1" });
  try {
    await once(server, "listening");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE" || code === "EACCES") return undefined;
    throw error;
  }
  const address = server.address();
  return typeof address === "object" ? address?.port : undefined;
}
