import { describe, expect, test } from "vitest";
import { createGestureSender } from "../components/live/gestureSender";
import { createUnansweredGestures } from "../components/live/unansweredGestures";
import type { PointId } from "../lib/ids";
import { saying } from "../lib/texts/said.harness";
import { startProxy } from "../server/faults/proxy";
import { tools } from "../server/faults/tools";
import { openNodePage } from "./nodePage";

/**
 * docs/design.md, “Gestures expire”: what was pressed while the connection stood still is not carried out when it goes on. The page's own parts, a wire that
 * stalls, the whole server and a real broker; e2e/specs/stall.spec.ts has the same with a browser.
 */

const PUMP = "pump" as PointId;
const YAML = (url: string) => `
brokers:
  - {id: main, url: "${url}"}
topics:
  - {id: pump, filter: plant/pump/state, type: boolean, command: {topic: plant/pump/set, confirm: 1s}}
  - {id: level, filter: plant/level/state, type: number, command: {topic: plant/level/set, min: 0, max: 100, send: moving}}
`;

function openPage(url: string, cookie: string) {
  const page = openNodePage({ url, cookie });
  const sender = createGestureSender({ ...page, unanswered: createUnansweredGestures(undefined) });
  page.connection.start();
  return {
    ...page,
    sender,
    close() {
      sender.stop();
      page.connection.stop();
    },
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.concurrent("a connection that stands still", () => {
  for (const seconds of [5, 20, 60])
    test(`CM-31, CM-34, FR-76: for ${seconds} s: what was pressed in it is never published, and is told once`, async (context) => {
      const make = tools(context);
      const broker = await make.broker();
      const server = await make.telltale(YAML(broker.url));
      const recorder = await make.recorder(broker.url);
      const cookie = await server.login();
      const wire = await startProxy({ host: "127.0.0.1", port: Number(new URL(server.url).port) });
      context.onTestFinished(wire.stop);
      const page = openPage(`http://127.0.0.1:${wire.port}`, cookie);
      context.onTestFinished(page.close);
      await page.until((data) => data.connection.state === "live" && data.brokers[0]?.state === "connected");

      wire.stall();
      page.sender.send(PUMP, true);
      for (let level = 0; level < 10; level++) page.sender.slide("level" as PointId, level);
      await page.until((data) => data.gestures.get(PUMP)?.phase === "unanswered");
      await pause(seconds * 1000 - 3000);
      wire.resume();

      const told = await page.until((data) => data.points.get(PUMP)?.command?.state === "refused");
      expect(told.points.get(PUMP)?.command).toMatchObject({
        code: "too-late",
        reason: saying(/^Not sent: the connection was interrupted/),
      });
      await page.until((data) => data.connection.state === "live" && data.gestures.get(PUMP)?.phase !== "unanswered");
      // Whatever was still on its way has come by then.
      await pause(6000);
      expect(recorder.heard.filter(({ topic }) => topic.endsWith("/set"))).toEqual([]);
      const audit = await server.api("GET", "/audit?limit=100&target=pump");
      expect(
        audit.body.map((row: { action: string; detail: { code: string } }) => [row.action, row.detail.code]),
      ).toEqual([["command-refused", "too-late"]]);
      expect(page.store.getState().points.get(PUMP)?.command).toMatchObject({ code: "too-late" });
      expect(await page.sender.dismiss(PUMP)).toBeUndefined();
      await page.until((data) => data.points.get(PUMP)?.command?.dismissed !== undefined);
    }, 150_000);
});
