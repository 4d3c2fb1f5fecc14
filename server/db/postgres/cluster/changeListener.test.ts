import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { createFakeClock } from "../../../testing/fakeClock";
import { createChangeListener, type ListenClient } from "./changeListener";

const noLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Stands for pg's Client, whose events and promises it has. */
class FakeClient extends EventEmitter {
  queries: string[] = [];
  answers = true;
  refuses = false;
  connect = async () => {
    if (this.refuses) throw new Error("refused");
  };
  query = (sql: string) => {
    this.queries.push(sql);
    return this.answers ? Promise.resolve() : new Promise<void>(() => {});
  };
  end = async () => {
    this.emit("end");
  };
}

function setup({ refused = 0 } = {}) {
  const clock = createFakeClock();
  const clients: FakeClient[] = [];
  const said: string[] = [];
  const listen = createChangeListener({
    open(): ListenClient {
      const client = new FakeClient();
      client.refuses = clients.length < refused;
      clients.push(client);
      return client;
    },
    clock,
    log: noLog,
  });
  const stop = listen({
    up: () => said.push("up"),
    down: () => said.push("down"),
    notice: (payload) => said.push(payload),
  });
  return { clock, clients, said, stop };
}

test("CL-51: a connection that ends is replaced, and both are told", async () => {
  const { clock, clients, said } = setup();
  await clock.advanceAsync(0);
  clients[0]?.emit("notification", { payload: "first" });
  clients[0]?.emit("error", new Error("terminating connection"));
  clients[0]?.emit("end");
  clients[0]?.emit("notification", { payload: "of the old one" });
  await clock.advanceAsync(1000);
  clients[1]?.emit("notification", { payload: "second" });
  expect(said).toEqual(["up", "first", "down", "up", "second"]);
  expect(clients).toHaveLength(2);
});

test("CL-51: a connection that does not answer any more is found within seven seconds", async () => {
  const { clock, clients, said } = setup();
  await clock.advanceAsync(0);
  if (clients[0]) clients[0].answers = false;
  await clock.advanceAsync(7000);
  expect(said).toEqual(["up", "down"]);
  await clock.advanceAsync(1000);
  expect(said).toEqual(["up", "down", "up"]);
});

test("CL-51: a database that refuses is asked again until it does not", async () => {
  const { clock, clients, said, stop } = setup({ refused: 3 });
  await clock.advanceAsync(5000);
  expect(said).toEqual(["up"]);
  expect(clients).toHaveLength(4);
  stop();
  await clock.advanceAsync(60_000);
  expect(clients).toHaveLength(4);
  expect(said).toEqual(["up"]);
});
