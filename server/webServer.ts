import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Startable } from "./lifecycle";
import type { Log } from "./ports";

const CUT_MS = 1000;

export interface WebServerParts {
  httpServer: Server;
  /** Answers the request where it is the API's; false: it is another's and was not touched. */
  api(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
  /** Answers every other request; absent: each is a 404. */
  page: ((req: IncomingMessage, res: ServerResponse) => Promise<void>) | undefined;
  log: Log;
}

export interface WebServer extends Required<Startable> {
  /** Takes connections from now on. Answers the port, which the system chooses for 0. */
  listen(port: number, host: string): Promise<number>;
  /**
   * No new connections; those that idle are ended at once, those at work get their answer. What is still there after a second is cut: a
   * half-sent request, or a page that does not read its goodbye (Node leaves WebSockets to us).
   */
  stop(): Promise<void>;
}

/** The listening server: hands each request to the API or to the pages. */
export function createWebServer({ httpServer, api, page, log }: WebServerParts): WebServer {
  const open = new Set<Socket>();

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    try {
      if (await api(req, res)) return;
      if (page) await page(req, res);
      else res.writeHead(404).end();
    } catch (error) {
      log.error({ err: error, url: req.url }, "a request could not be answered");
      if (!res.headersSent) res.writeHead(500);
      res.end();
    }
  }

  return {
    start() {
      httpServer.on("request", (req: IncomingMessage, res: ServerResponse) => void answer(req, res));
      httpServer.on("connection", (socket: Socket) => {
        open.add(socket);
        socket.once("close", () => open.delete(socket));
      });
    },
    async listen(port, host) {
      await new Promise<void>((resolve, reject) => {
        httpServer.once("error", reject);
        httpServer.listen(port, host, resolve);
      });
      return (httpServer.address() as AddressInfo).port;
    },
    stop: () =>
      new Promise((resolve) => {
        if (!httpServer.listening) return resolve();
        const cut = setTimeout(() => {
          for (const socket of open) socket.destroy();
        }, CUT_MS);
        httpServer.close(() => {
          clearTimeout(cut);
          resolve();
        });
        httpServer.closeIdleConnections();
      }),
  };
}
