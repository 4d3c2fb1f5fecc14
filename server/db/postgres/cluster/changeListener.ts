import type { Cancel, ChangeListener, Clock, Log, Unsubscribe } from "../../../ports";
import { CHANNEL } from "./versions";

/** What is used of a `Client` of pg. */
export interface ListenClient {
  connect(): Promise<unknown>;
  query(sql: string): Promise<unknown>;
  end(): Promise<unknown>;
  on(event: "notification", listener: (message: { payload?: string }) => void): unknown;
  on(event: "end", listener: () => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
}

const CHECK_MS = 5000;
/** The server may be gone without a word: what does not answer in this time is replaced. */
const ANSWER_MS = 2000;
const AGAIN_MS = 500;

/**
 * Listens on a connection of its own. One that is lost never comes back by itself, and its `error` would end the process if nobody listened
 * (https://node-postgres.com/apis/client#events); so it is asked for life, and replaced by a new one.
 */
export function createChangeListener({ open, clock, log }: { open: () => ListenClient; clock: Clock; log: Log }) {
  return (listener: ChangeListener): Unsubscribe => {
    let stopped = false;
    let isUp = false;
    let cancel: Cancel = () => {};
    let current: ListenClient | undefined;

    const within = <T>(work: Promise<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        const end = clock.after(ANSWER_MS, () => reject(new Error("no answer in time")));
        work.finally(end).then(resolve, reject);
      });

    function lose(client: ListenClient, error: unknown): void {
      if (client !== current) return;
      current = undefined;
      cancel();
      client.end().catch((failed: unknown) => log.debug({ error: String(failed) }, "a lost connection did not close"));
      if (stopped) return;
      if (isUp) {
        isUp = false;
        log.warn({ error: String(error) }, "the connection on which this node hears of changes is lost");
        listener.down();
      }
      cancel = clock.after(AGAIN_MS, () => void connect());
    }

    async function connect(): Promise<void> {
      const client = open();
      current = client;
      client.on("error", (error) => lose(client, error));
      client.on("end", () => lose(client, "it ended"));
      client.on("notification", ({ payload }) => {
        if (client === current && payload !== undefined) listener.notice(payload);
      });
      try {
        await within(client.connect());
        await within(client.query(`LISTEN ${CHANNEL}`));
      } catch (error) {
        lose(client, error);
        return;
      }
      if (client !== current) return;
      isUp = true;
      listener.up();
      check(client);
    }

    function check(client: ListenClient): void {
      cancel = clock.after(CHECK_MS, () => {
        within(client.query("SELECT 1")).then(
          () => {
            if (client === current) check(client);
          },
          (error) => lose(client, error),
        );
      });
    }

    void connect();
    return () => {
      stopped = true;
      cancel();
      const client = current;
      current = undefined;
      client?.end().catch((error: unknown) => log.debug({ error: String(error) }, "a connection did not close"));
    };
  };
}
