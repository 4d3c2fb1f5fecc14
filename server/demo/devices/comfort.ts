import type { DeviceSpec } from "../device";
import { clamp, dayCurve, randomWalk, round } from "../random";

/** What a device can make of an order: nothing, where it is not JSON with members. */
function membersOf(payload: string): Record<string, unknown> {
  try {
    const order: unknown = JSON.parse(payload);
    return typeof order === "object" && order !== null ? (order as Record<string, unknown>) : {};
  } catch {
    // A device shrugs at what it cannot read.
    return {};
  }
}

const finite = (order: unknown): number | undefined =>
  (typeof order === "number" || (typeof order === "string" && order.trim() !== "")) && Number.isFinite(Number(order))
    ? Number(order)
    : undefined;

const EFFECTS = ["none", "candle", "sunrise"];

/** As Zigbee lamps are: brightness to 254, colour temperature in mired, each side alone; setting one of them switches it on. */
const readingLamp: DeviceSpec = {
  id: "reading-lamp",
  will: { topic: "living/reading-lamp/availability", online: "online", offline: "offline" },
  start(device) {
    const lamp = { state: "ON", brightness: 168, color_temp: 370, effect: "none" };
    const report = (): void => device.say("living/reading-lamp", lamp, { retain: true });
    device.hear("living/reading-lamp/set", (payload) => {
      const order = membersOf(payload);
      const brightness = finite(order.brightness);
      const warmth = finite(order.color_temp);
      const effect = EFFECTS.find((one) => one === order.effect);
      const state = ["ON", "OFF"].find((one) => one === order.state);
      if (brightness === undefined && warmth === undefined && effect === undefined && state === undefined) return;
      device.answer(250, 600, () => {
        if (brightness !== undefined) lamp.brightness = Math.round(clamp(brightness, 1, 254));
        if (warmth !== undefined) lamp.color_temp = Math.round(clamp(warmth, 153, 454));
        if (effect !== undefined) lamp.effect = effect;
        lamp.state = state ?? "ON";
        report();
      });
    });
    device.every(30_000, report);
  },
};

const BLIND_STEP = 4;

/** A motor: it says where it goes, where it is on the way, and stops when it is told to. */
const blind: DeviceSpec = {
  id: "blind",
  will: { topic: "bedroom/blind/availability", online: "online", offline: "offline" },
  start(device) {
    let position = 60;
    let target = 60;
    let run = 0;
    const report = (): void => {
      const state = target > position ? "opening" : target < position ? "closing" : position === 0 ? "closed" : "open";
      device.say("bedroom/blind/state", state, { retain: true });
      device.say("bedroom/blind/position", position, { retain: true });
    };
    const turn = (own: number): void =>
      device.answer(180, 220, () => {
        if (own !== run || position === target) return;
        position += clamp(target - position, -BLIND_STEP, BLIND_STEP);
        report();
        turn(own);
      });
    const go = (to: number): void => {
      target = Math.round(clamp(to, 0, 100));
      report();
      turn(++run);
    };
    device.hear("bedroom/blind/set", (payload) => {
      if (payload === "OPEN") go(100);
      if (payload === "CLOSE") go(0);
      if (payload === "STOP") go(position);
    });
    device.hear("bedroom/blind/position/set", (payload) => {
      const to = finite(payload);
      if (to !== undefined) go(to);
    });
    device.every(30_000, report);
  },
};

const MODES = ["off", "heat", "auto"];
const PRESETS = ["comfort", "eco", "away"];

/** A radiator's head: it heats while the room is colder than wanted, and says so. */
const radiator: DeviceSpec = {
  id: "office-thermostat",
  will: { topic: "office/thermostat/availability", online: "online", offline: "offline" },
  start(device) {
    const draught = randomWalk(device.random, 0.1);
    const damp = randomWalk(device.random, 2, 0.98);
    const head = { target: 21.5, mode: "heat", preset: "comfort" };
    let room = 20.4;
    const report = (): void => {
      const current = round(room + draught.next(), 1);
      const action = head.mode === "off" ? "off" : current < head.target ? "heating" : "idle";
      const humidity = Math.round(clamp(44 + damp.next(), 30, 70));
      device.say("office/thermostat", { current, ...head, action, humidity }, { retain: true });
    };
    const obey = (change: () => void): void =>
      device.answer(400, 900, () => {
        change();
        report();
      });
    device.hear("office/thermostat/target/set", (payload) => {
      const to = finite(payload);
      if (to !== undefined)
        obey(() => {
          head.target = round(clamp(Math.round(to * 2) / 2, 5, 30), 1);
        });
    });
    device.hear("office/thermostat/mode/set", (payload) => {
      if (MODES.includes(payload))
        obey(() => {
          head.mode = payload;
        });
    });
    device.hear("office/thermostat/preset/set", (payload) => {
      if (PRESETS.includes(payload))
        obey(() => {
          head.preset = payload;
        });
    });
    device.every(5000, () => {
      const heated = head.mode === "off" ? 18 : Math.min(head.target, 24);
      room += (Math.max(heated, dayCurve(device.now(), 17, 19, 15)) - room) * 0.02;
      report();
    });
  },
};

const DIRECTIONS = ["forward", "reverse"];

const towerFan: DeviceSpec = {
  id: "tower-fan",
  will: { topic: "office/fan/availability", online: "online", offline: "offline" },
  start(device) {
    const fan = { on: false, speed: 40, oscillate: true, direction: "forward" };
    const report = (): void => device.say("office/fan", fan, { retain: true });
    device.hear("office/fan/set", (payload) => {
      const order = membersOf(payload);
      const speed = finite(order.speed);
      const direction = DIRECTIONS.find((one) => one === order.direction);
      device.answer(300, 800, () => {
        if (typeof order.on === "boolean") fan.on = order.on;
        if (speed !== undefined) fan.speed = Math.round(clamp(speed, 0, 100));
        if (typeof order.oscillate === "boolean") fan.oscillate = order.oscillate;
        if (direction !== undefined) fan.direction = direction;
        report();
      });
    });
    device.every(30_000, report);
  },
};

export const comfort: readonly DeviceSpec[] = [readingLamp, blind, radiator, towerFan];
