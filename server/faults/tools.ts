import type { TestContext } from "vitest";
import { type Mosquitto, type MosquittoOptions, startMosquitto } from "../testing/mosquitto";
import { startRecorder } from "../testing/recorder";
import { startDevices, type TestDevices } from "./devices";
import { startProxy } from "./proxy";
import { startTelltale } from "./telltale";
import { openViewer, type Viewer } from "./viewer";

/** What a test makes is undone when it ends; concurrent tests must say which test they are. */
export function tools({ onTestFinished }: TestContext) {
  return {
    async broker(options?: MosquittoOptions): Promise<Mosquitto> {
      const started = await startMosquitto(options);
      onTestFinished(started.stop);
      return started;
    },
    async proxy(target: Mosquitto) {
      const proxy = await startProxy(target);
      onTestFinished(proxy.stop);
      return proxy;
    },
    async telltale(text: string) {
      const started = await startTelltale({ yaml: text });
      onTestFinished(started.dispose);
      return started;
    },
    async viewer(url: string, cookie?: string): Promise<Viewer> {
      const viewer = await openViewer(url, cookie);
      onTestFinished(viewer.close);
      return viewer;
    },
    async recorder(url: string) {
      const recorder = await startRecorder(url);
      onTestFinished(recorder.stop);
      return recorder;
    },
    async devices(url: string): Promise<TestDevices> {
      const devices = await startDevices(url);
      onTestFinished(devices.stop);
      return devices;
    },
    /** Devices that count up for ever. `fresh` waits for a number that was said from now on. */
    async counting(url: string, viewer: Viewer) {
      const devices = await startDevices(url);
      onTestFinished(devices.stop);
      let n = 0;
      devices.repeat(50, () => void devices.shout("f/count", String(++n)));
      return (what: string, withinMs?: number) => {
        const from = n;
        const isFresh = () => {
          const seen = viewer.points.get("count");
          return seen?.status.freshness === "live" && Number(seen.value) > from;
        };
        return viewer.until(what, isFresh, withinMs);
      };
    },
  };
}

export type Tools = ReturnType<typeof tools>;
