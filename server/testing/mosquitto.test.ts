import mqtt from "mqtt";
import { expect, test } from "vitest";
import { startMosquitto } from "./mosquitto";

const tryConnect = async (url: string, options: mqtt.IClientOptions = {}) => {
  const client = mqtt.connect(url, { reconnectPeriod: 0, connectTimeout: 3000, ...options });
  const result = await new Promise<string>((resolve) => {
    client.once("connect", () => resolve("connected"));
    client.once("error", (error) => resolve(error.message));
    client.once("close", () => resolve("closed"));
  });
  await client.endAsync(true);
  return result;
};

test("starts, is killed and comes back on the same port, over TCP and WebSocket", async () => {
  const broker = await startMosquitto({ websockets: true });
  try {
    expect(await tryConnect(broker.url)).toBe("connected");
    expect(await tryConnect(broker.wsUrl as string)).toBe("connected");
    await broker.kill();
    expect(broker.pid()).toBeUndefined();
    expect(await tryConnect(broker.url)).not.toBe("connected");
    await broker.restart();
    expect(await tryConnect(broker.url)).toBe("connected");
  } finally {
    await broker.stop();
  }
});

test("lets in only the users it knows", async () => {
  const broker = await startMosquitto({ users: { ada: "secret" } });
  try {
    expect(await tryConnect(broker.url, { username: "ada", password: "secret" })).toBe("connected");
    expect(await tryConnect(broker.url, { username: "ada", password: "wrong" })).toMatch(/refused/i);
  } finally {
    await broker.stop();
  }
});
