import type { DeviceSpec } from "../device";
import { between, clamp, dayCurve, randomWalk, round } from "../random";

interface Room {
  name: string;
  temperature: number;
  humidity: number;
  every: number;
}

export const ROOMS: readonly Room[] = [
  { name: "Living room", temperature: 21.4, humidity: 46, every: 3000 },
  { name: "Kitchen", temperature: 22.1, humidity: 51, every: 5000 },
  { name: "Bedroom", temperature: 18.6, humidity: 49, every: 6000 },
  { name: "Bathroom", temperature: 22.8, humidity: 61, every: 5000 },
  { name: "Office", temperature: 20.9, humidity: 43, every: 4000 },
];

/** Battery sensors behind one radio bridge: one connection speaks for all of them. */
const climate: DeviceSpec = {
  id: "climate-bridge",
  will: { topic: "climate/bridge", online: "online", offline: "offline" },
  start(device) {
    for (const [i, room] of ROOMS.entries()) {
      const warmth = randomWalk(device.random, 0.5, 0.99);
      const damp = randomWalk(device.random, 2.4, 0.98);
      device.every(room.every, () => {
        const day = dayCurve(device.now(), -0.6, 0.6, 17);
        device.say(`climate/room/${room.name}`, {
          temperature: round(room.temperature + day + warmth.next(), 1),
          humidity: Math.round(clamp(room.humidity + damp.next(), 25, 85)),
          battery: 96 - i * 7,
        });
      });
    }
  },
};

/** A bare number. Somebody forgets to close the lid now and then. */
const freezer: DeviceSpec = {
  id: "freezer",
  start(device) {
    const noise = randomWalk(device.random, 0.2, 0.9);
    let inside = -18.4;
    let lidOpen = false;
    device.every(4000, () => {
      inside += lidOpen ? (-10.5 - inside) * 0.06 : (-18.6 - inside) * 0.05;
      device.say("kitchen/freezer/temperature", round(clamp(inside + noise.next(), -24, -8), 1));
    });
    const forget = (): void => {
      lidOpen = true;
      device.after(between(device.random, 80_000, 110_000), () => {
        lidOpen = false;
        device.after(between(device.random, 400_000, 600_000), forget);
      });
    };
    device.after(between(device.random, 100_000, 140_000), forget);
  },
};

/** Brightness 0 to 100 in JSON, both ways. It fades: the new state comes when the fade is over. */
const lamp: DeviceSpec = {
  id: "lamp",
  will: { topic: "living/lamp/lwt", online: "online", offline: "offline" },
  start(device) {
    let brightness = 62;
    const report = (): void =>
      device.say("living/lamp/state", { state: brightness > 0 ? "ON" : "OFF", brightness }, { retain: true });
    device.hear("living/lamp/set", (payload) => {
      const asked = brightnessOf(payload);
      if (asked === undefined) return;
      device.answer(300, 700, () => {
        brightness = Math.round(clamp(asked, 0, 100));
        report();
      });
    });
    device.every(15_000, report);
  },
};

function brightnessOf(payload: string): number | undefined {
  try {
    const asked: unknown = JSON.parse(payload)?.brightness;
    return typeof asked === "number" ? asked : undefined;
  } catch {
    // A lamp shrugs at what it cannot read.
    return undefined;
  }
}

const FAN_MODES = ["off", "low", "high", "auto"];

const fan: DeviceSpec = {
  id: "fan",
  will: { topic: "bedroom/fan/lwt", online: "online", offline: "offline" },
  start(device) {
    let mode = "auto";
    const report = (): void => device.say("bedroom/fan/mode", mode, { retain: true });
    device.hear("bedroom/fan/mode/set", (payload) => {
      if (!FAN_MODES.includes(payload)) return;
      device.answer(400, 900, () => {
        mode = payload;
        report();
      });
    });
    device.every(20_000, report);
  },
};

/** A small screen on the wall that shows what it is told, and repeats it. */
const display: DeviceSpec = {
  id: "display",
  will: { topic: "kitchen/display/lwt", online: "online", offline: "offline" },
  start(device) {
    let text = "Paper bin goes out on Thursday";
    const report = (): void => device.say("kitchen/display/text", text, { retain: true });
    device.hear("kitchen/display/set", (payload) => {
      device.answer(300, 600, () => {
        text = payload.slice(0, 80);
        report();
      });
    });
    device.every(20_000, report);
  },
};

const WASHES: readonly [phase: string, ms: number][] = [
  ["Idle", 150_000],
  ["Heating", 40_000],
  ["Washing", 120_000],
  ["Rinsing", 60_000],
  ["Spinning", 40_000],
  ["Done", 60_000],
];

const washer: DeviceSpec = {
  id: "washer",
  start(device) {
    let phase = 2;
    const next = (): void => {
      phase = (phase + 1) % WASHES.length;
      device.after(WASHES[phase]?.[1] ?? 60_000, next);
    };
    device.after(50_000, next);
    device.every(10_000, () => device.say("bathroom/washer/phase", WASHES[phase]?.[0] ?? "Idle"));
  },
};

export const rooms: readonly DeviceSpec[] = [climate, freezer, lamp, fan, display, washer];
