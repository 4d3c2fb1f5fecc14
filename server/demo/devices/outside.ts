import type { DeviceSpec } from "../device";
import { between, clamp, dayCurve, randomWalk, round } from "../random";
import { relay } from "./heating";

const weather: DeviceSpec = {
  id: "weather",
  start(device) {
    const air = randomWalk(device.random, 1.1, 0.995);
    const gust = randomWalk(device.random, 4, 0.9);
    device.every(3000, () => {
      device.say("outside/weather", {
        temp: round(dayCurve(device.now(), 4.5, 12.5, 15) + air.next(), 1),
        wind: round(Math.abs(9 + gust.next()), 1),
        ts: Math.floor(device.now() / 1000),
      });
    });
  },
};

/** Runs on a battery in wet earth: goes silent for a while, without a word. */
const soil: DeviceSpec = {
  id: "soil",
  start(device) {
    const moisture = randomWalk(device.random, 2.5, 0.99);
    let silent = false;
    device.every(5000, () => {
      const reading = { moisture: Math.round(clamp(43 + moisture.next(), 20, 70)), battery: 3.61 };
      if (!silent) device.say("garden/soil/up", reading);
    });
    const tire = (): void => {
      silent = true;
      device.after(between(device.random, 80_000, 120_000), () => {
        silent = false;
        device.after(between(device.random, 200_000, 320_000), tire);
      });
    };
    device.after(45_000, tire);
  },
};

/** Its words carry the unit, as some firmware writes them. */
const rainTank: DeviceSpec = {
  id: "rain-tank",
  start(device) {
    const level = randomWalk(device.random, 6, 0.995);
    device.every(7000, () => device.say("garden/tank/level", `${Math.round(clamp(124 + level.next(), 100, 148))} cm`));
  },
};

/** A motor turns the valve: two to three seconds, and words of its own. */
const gardenValve: DeviceSpec = {
  id: "valve",
  will: { topic: "garden/valve/lwt", online: "online", offline: "offline" },
  start(device) {
    relay(
      device,
      { base: "garden/valve", initial: false, words: ["open", "closed"], orders: ["OPEN", "CLOSE"] },
      [2000, 3000],
    );
  },
};

/** On a loose plug: its connection breaks, the broker says so in its name, and it comes back. */
const workshopLight: DeviceSpec = {
  id: "workshop-light",
  will: { topic: "workshop/light/lwt", online: "Online", offline: "Offline" },
  start(device) {
    const light = relay(device, { base: "workshop/light", initial: true }, [200, 500]);
    const loosen = (): void => {
      const away = between(device.random, 40_000, 60_000);
      device.vanish(away);
      device.after(away + 500, light.report);
      device.after(away + between(device.random, 150_000, 240_000), loosen);
    };
    device.after(70_000, loosen);
  },
};

/** Far from the access point: every other command is lost on the way, and Telltale must say that nothing was confirmed. */
const garageHeater: DeviceSpec = {
  id: "garage-heater",
  will: { topic: "garage/heater/lwt", online: "online", offline: "offline" },
  start(device) {
    let heard = 0;
    relay(device, { base: "garage/heater", initial: false }, [600, 1400], () => heard++ % 2 === 1);
  },
};

/** Only takes orders, never reports. */
const chime: DeviceSpec = {
  id: "chime",
  will: { topic: "entrance/chime/lwt", online: "online", offline: "offline" },
  start(device) {
    device.hear("entrance/chime/set", () => undefined);
  },
};

const frontDoor: DeviceSpec = {
  id: "front-door",
  start(device) {
    let open = false;
    const report = (): void => device.say("entrance/door/contact", open ? "open" : "closed", { retain: true });
    const comeHome = (): void => {
      open = true;
      report();
      device.after(between(device.random, 6000, 15_000), () => {
        open = false;
        report();
        device.after(between(device.random, 60_000, 150_000), comeHome);
      });
    };
    device.after(30_000, comeHome);
    device.every(30_000, report);
  },
};

export const outside: readonly DeviceSpec[] = [
  weather,
  soil,
  rainTank,
  gardenValve,
  workshopLight,
  garageHeater,
  chime,
  frontDoor,
];
