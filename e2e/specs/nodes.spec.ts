import type { Page, WebSocket } from "@playwright/test";
import { type Haproxy, startHaproxy } from "../../server/testing/haproxy";
import { startPostgres } from "../../server/testing/postgres";
import { ADMIN, test as base, consoleErrors, expect, signIn } from "../fixtures";
import { DashboardPage } from "../pages/DashboardPage";
import { startTelltale, type TelltaleServer } from "../server";

/** Two nodes over one Postgres and one broker, behind a balancer without stickiness. */
interface Nodes {
  nodes: TelltaleServer[];
  balancer: Haproxy;
}

const YAML = `
topics:
  - {id: temp, name: Temperature, filter: plant/temp, unit: °C, type: number}
`;

const test = base.extend<{ several: Nodes }>({
  several: async ({ mosquitto }, use) => {
    const postgres = await startPostgres();
    const env = {
      DATABASE_URL: await postgres.database(),
      MQTT_URL: mosquitto.url,
      TELLTALE_SECRET: "the same for both nodes",
      TELLTALE_ADMIN_PASSWORD: ADMIN.password,
      TELLTALE_TRUSTED_PROXY: "127.0.0.1",
    };
    const nodes: TelltaleServer[] = [];
    for (const name of ["one", "two"])
      nodes.push(await startTelltale({ yaml: YAML, env: { ...env, TELLTALE_NODE: name } }));
    const balancer = await startHaproxy({ nodes: nodes.map(({ url }) => url) });
    await use({ nodes, balancer });
    await balancer.stop();
    await Promise.all(nodes.map((node) => node.dispose()));
    await postgres.stop();
  },
});

/** What a page asks for over each of its live sockets, in order. */
function watchSockets(page: Page): { asked: string[]; open(): boolean }[] {
  const sockets: { asked: string[]; open(): boolean }[] = [];
  page.on("websocket", (socket: WebSocket) => {
    const asked: string[] = [];
    socket.on("framesent", ({ payload }) => {
      const event = /^42\d*\["(view:[a-z]+)"/.exec(String(payload))?.[1];
      if (event) asked.push(event);
    });
    sockets.push({ asked, open: () => !socket.isClosed() });
  });
  return sockets;
}

for (const [how, end] of [
  ["is killed", (node: TelltaleServer) => node.kill()],
  ["is told to stop", (node: TelltaleServer) => node.stop()],
] as const)
  test(`CL-80: a page whose node ${how} moves to the other one by itself, with one resync and no red console`, async ({
    page,
    several: { nodes, balancer },
    devices,
  }) => {
    const errors = consoleErrors(page);
    const sockets = watchSockets(page);
    await signIn(page, balancer.url);
    await page.goto(`${balancer.url}/everything`);
    await devices.say("plant/temp", "20");
    const temp = new DashboardPage(page).tile("Temperature");
    await temp.expectValue(/20/);

    /** Ends one node; the value must go on, over a new connection where that was the page's node. */
    const endUnder = async (node: TelltaleServer, value: string): Promise<boolean> => {
      const before = sockets.length;
      const last = sockets.at(-1);
      await end(node);
      await expect(async () => {
        await devices.say("plant/temp", value);
        await temp.expectValue(new RegExp(value));
      }).toPass();
      await temp.expectState("live");
      expect(sockets.at(-1)?.open()).toBe(true);
      const moved = sockets.length > before;
      if (moved)
        expect([last?.open(), sockets.length, sockets.at(-1)?.asked]).toEqual([false, before + 1, ["view:watch"]]);
      return moved;
    };

    // The page is on one of them: the first that is ended, or else the second.
    const [one, two] = nodes as [TelltaleServer, TelltaleServer];
    const first = await endUnder(one, "21");
    await one.start();
    await expect.poll(() => balancer.sendsTo(1)).toBe(true);
    const second = await endUnder(two, "22");
    expect([first, second]).toContain(true);
    expect(errors).toEqual([]);
  });
