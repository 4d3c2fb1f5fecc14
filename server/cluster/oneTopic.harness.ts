import mqtt from "mqtt";
import { expect } from "vitest";
import type { Telltale } from "../faults/telltaleProcess";
import type { ClusterBed } from "./processes.harness";

/** A lamp that is told and that reports on one topic, over two nodes of which each sends once. */
export async function oneTopicForBoth(make: ClusterBed): Promise<void> {
  const nodes = await make.nodes(["left", "right"]);
  const [left, right] = [nodes.node("left"), nodes.node("right")];
  const [ana, bob] = [
    await nodes.person("ana", "operator", ["left"]),
    await nodes.person("bob", "operator", ["right"]),
  ];
  const [anas, bobs] = [await make.viewer(left.url, ana.cookies[0]), await make.viewer(right.url, bob.cookies[0])];
  const lamp = await startLamp((await make.broker()).urls[0]);
  const readings = async (by: Telltale) => (await by.api("GET", "/points/lamp/readings?limit=10")).body.value;
  const echoes = async (of: Telltale) => (await of.metrics()).telltale_live_echoes;
  const of = (viewer: typeof anas) => ({
    value: viewer.points.get("lamp")?.value,
    state: viewer.points.get("lamp")?.command?.state,
  });
  try {
    // Sent by the node that does not record.
    expect((await bobs.command("lamp", true))?.state).toBe("sent");
    for (const node of [left, right]) await expect.poll(() => echoes(node)).toBe(1);
    for (const viewer of [anas, bobs]) {
      await viewer.until("the broker has it", () => of(viewer).state === "acked");
      expect(of(viewer).value).toBeNull();
    }
    expect(await readings(left)).toEqual([]);
    await lamp.report();
    for (const viewer of [anas, bobs])
      await viewer.until("it is confirmed", () => of(viewer).state === "confirmed" && of(viewer).value === true);
    await expect.poll(() => readings(left)).toEqual([true]);

    // By the recorder, which dies of it.
    expect((await anas.command("lamp", false))?.state).toBe("sent");
    for (const node of [left, right]) await expect.poll(() => echoes(node)).toBe(2);
    await left.kill();
    await nodes.untilRoles("right", { recorder: "right" });
    await bobs.until("its command is unknown", () => of(bobs).state === "unknown");
    expect(of(bobs).value).toBe(true);
    expect(await readings(right)).toEqual([true]);
    await lamp.report();
    await bobs.until("the lamp is off", () => of(bobs).value === false);
    await expect.poll(() => readings(right)).toEqual([true, false]);
  } finally {
    await lamp.stop();
  }
}

/** Reports exactly what it was last told. */
async function startLamp(url: string) {
  const client = await mqtt.connectAsync(url, { protocolVersion: 4 });
  let told: Buffer = Buffer.from("");
  client.on("message", (_, payload) => {
    told = payload;
  });
  await client.subscribeAsync("lamp", { qos: 1 });
  return {
    report: () => client.publishAsync("lamp", told, { qos: 1 }),
    stop: () => client.endAsync(true),
  };
}
