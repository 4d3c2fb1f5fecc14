import { createServer } from "node:net";
import { expect, test } from "vitest";
import { freePort } from "../testing/mosquitto";
import { tools } from "./tools";

const PASSWORD = "only-for-the-broker";

/** Takes connections and records what is sent, without an answer. */
async function startListener(undo: (end: () => Promise<void>) => void) {
  const received: Buffer[] = [];
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => received.push(chunk));
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  undo(async () => {
    server.close();
  });
  return {
    url: `mqtt://127.0.0.1:${port}`,
    connections: () => connections,
    text: () => Buffer.concat(received).toString("latin1"),
  };
}

test("FA-20: a stored broker password never arrives at another address, whatever is asked of the API", async (context) => {
  const make = tools(context);
  const ends: (() => Promise<void>)[] = [];
  context.onTestFinished(async () => {
    for (const end of ends) await end();
  });
  const own = await startListener((end) => ends.push(end));
  const foreign = await startListener((end) => ends.push(end));
  const login = `url: "${own.url}", username: telltale`;
  const server = await make.telltale(`brokers:\n  - {id: main, ${login}, password: ${PASSWORD}-of-the-file}\n`);
  await server.login();
  const broker = { id: "plant", url: own.url, username: "telltale" };
  expect((await server.api("POST", "/brokers", { ...broker, password: PASSWORD })).status).toBe(201);
  // The listener does see what is sent to the broker itself.
  await expect.poll(() => own.text().includes(`${PASSWORD}-of-the-file`)).toBe(true);
  await expect.poll(() => /only-for-the-broker(?!-)/.test(own.text())).toBe(true);

  const moved = { ...broker, url: foreign.url };
  for (const [method, path, asked] of [
    ["POST", "/brokers/test", moved],
    ["POST", "/brokers/test", { ...moved, id: "main" }],
    ["PUT", "/brokers/plant", moved],
    ["POST", "/brokers/test", { ...broker, otherUrls: [foreign.url] }],
    ["POST", "/brokers/test", { ...broker, id: "main", otherUrls: [foreign.url] }],
    ["PUT", "/brokers/plant", { ...broker, otherUrls: [foreign.url] }],
  ] as const) {
    const { status, body } = await server.api(method, path, asked);
    expect([status, body.errors[0].pointer]).toEqual([400, "/password"]);
  }
  expect(foreign.connections()).toBe(0);
  // With a password of its own it is dialled, and the stored one still does not arrive.
  expect((await server.api("PUT", "/brokers/plant", { ...moved, password: "another" })).status).toBe(200);
  await expect.poll(() => foreign.text().includes("another")).toBe(true);
  expect(foreign.text()).not.toContain(PASSWORD);
});
