import type { DeviceContext, DeviceSpec } from "../device";
import { between, clamp, dayCurve, randomWalk, round } from "../random";

/** One controller that says many things in one JSON message, with its own clock in it. */
const boiler: DeviceSpec = {
  id: "boiler",
  will: { topic: "heating/boiler/lwt", online: "online", offline: "offline" },
  start(device) {
    const pressure = randomWalk(device.random, 0.05, 0.98);
    const noise = randomWalk(device.random, 1.5, 0.8);
    let burning = true;
    let left = 24;
    let flow = 46;
    let flue = 96;
    let firings = 0;
    device.every(2000, () => {
      if (--left <= 0) {
        burning = !burning;
        // Burns about a minute and a half, rests about two.
        left = Math.round(burning ? between(device.random, 40, 52) : between(device.random, 50, 70));
        if (burning) firings += 1;
      }
      // Every third firing burns hot: soot in the flue, a warning for whoever looks at the wall.
      const hot = firings % 3 === 1;
      flue += ((burning ? (hot ? 211 : 178) : 62) - flue) * 0.07 + noise.next() * 0.3;
      flow += ((burning ? 62 : 38) - flow) * 0.035;
      device.say("heating/boiler/status", {
        pressure: round(clamp(1.55 + (flow - 45) * 0.008 + pressure.next(), 0.9, 2.4), 2),
        flow: round(flow, 1),
        return: round(flow - 8 - noise.next() * 0.4, 1),
        flue: round(clamp(flue, 40, 235), 0),
        burner: burning ? "ON" : "OFF",
        ts: device.now(),
      });
    });
  },
};

/** A relay as most are: takes ON and OFF, answers when its contact has moved, says so again every now and then. */
export function relay(
  device: DeviceContext,
  options: { base: string; initial: boolean; words?: [on: string, off: string]; orders?: [on: string, off: string] },
  answerMs: [low: number, high: number],
  obeys: () => boolean = () => true,
): { report(): void } {
  const [on, off] = options.words ?? ["ON", "OFF"];
  const [order, counter] = options.orders ?? [on, off];
  let state = options.initial;
  const report = (): void => device.say(`${options.base}/state`, state ? on : off, { retain: true });
  device.hear(`${options.base}/set`, (payload) => {
    if (payload !== order && payload !== counter) return;
    if (!obeys()) return;
    device.answer(answerMs[0], answerMs[1], () => {
      state = payload === order;
      report();
    });
  });
  device.every(20_000, report);
  return { report };
}

const circulationPump: DeviceSpec = {
  id: "pump",
  will: { topic: "heating/pump/lwt", online: "Online", offline: "Offline" },
  start(device) {
    relay(device, { base: "heating/pump", initial: true }, [400, 1200]);
  },
};

/** Speaks JSON, takes a bare number, follows it with the room. */
const thermostat: DeviceSpec = {
  id: "thermostat",
  will: { topic: "heating/thermostat/lwt", online: "online", offline: "offline" },
  start(device) {
    const draught = randomWalk(device.random, 0.15);
    let target = 21;
    let room = 20.6;
    const report = (): void => {
      const current = round(room + draught.next(), 1);
      const valve = Math.round(clamp((target - current) * 45 + 20, 0, 100));
      device.say("heating/thermostat/state", { target, current, valve }, { retain: true });
    };
    device.hear("heating/thermostat/set", (payload) => {
      const asked = Number(payload);
      if (payload.trim() === "" || !Number.isFinite(asked)) return;
      device.answer(500, 1100, () => {
        target = round(clamp(Math.round(asked * 2) / 2, 5, 30), 1);
        report();
      });
    });
    device.every(5000, () => {
      const reachable = Math.min(target, dayCurve(device.now(), 23, 25, 15));
      room += (reachable - room) * 0.02;
      report();
    });
  },
};

export const heating: readonly DeviceSpec[] = [boiler, circulationPump, thermostat];
