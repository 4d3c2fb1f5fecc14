import type { DeviceSpec } from "../device";
import { between, clamp, dayCurve, randomWalk, round } from "../random";

/** More than the house needs: 40 kWh a day. */
const KWH_A_MS = 40 / 86_400_000;

/** Nested JSON, as meters with a plug firmware write it. Somebody boils water. */
const meter: DeviceSpec = {
  id: "meter",
  start(device) {
    const base = randomWalk(device.random, 70, 0.97);
    const mains = randomWalk(device.random, 1.4, 0.95);
    let kettle = 0;
    // A meter goes on where it was: after a restart of the house its count has to lie above what history has of it.
    let total = 12_408.4 + (device.now() - Date.UTC(2026, 0, 1)) * KWH_A_MS;
    device.every(2000, (elapsedMs) => {
      if (kettle > 0) kettle -= 1;
      else if (device.random() < 0.012) kettle = Math.round(between(device.random, 40, 75));
      const power = clamp(dayCurve(device.now(), 260, 620, 19) + base.next() + (kettle > 0 ? 2050 : 0), 90, 6000);
      total += (power / 1000) * (elapsedMs / 3_600_000);
      device.say("energy/meter/SENSOR", {
        ENERGY: { Power: Math.round(power), Total: round(total, 3), Voltage: round(231 + mains.next(), 1) },
      });
    });
  },
};

const solar: DeviceSpec = {
  id: "solar",
  will: { topic: "energy/solar/status", online: "online", offline: "offline" },
  start(device) {
    const cloud = randomWalk(device.random, 0.22, 0.985);
    let today = 3.1;
    let day = new Date(device.now()).getDate();
    device.every(3000, (elapsedMs) => {
      const height = Math.max(0, dayCurve(device.now(), -1, 1, 13));
      const power = Math.round(clamp(height * 3900 * (0.62 + cloud.next()), 0, 4200));
      const date = new Date(device.now()).getDate();
      if (date !== day) today = 0;
      day = date;
      today += (power / 1000) * (elapsedMs / 3_600_000);
      device.say("energy/solar", { power, today: round(today, 2), inverter: round(31 + height * 18, 1) });
    });
  },
};

const battery: DeviceSpec = {
  id: "battery",
  start(device) {
    const charge = randomWalk(device.random, 4, 0.998);
    device.every(4000, () => device.say("energy/battery/charge", Math.round(clamp(68 + charge.next() * 2, 12, 100))));
  },
};

export const energy: readonly DeviceSpec[] = [meter, solar, battery];
