import type { DeviceSpec } from "../device";
import { type Colour, paintPng } from "../png";

/** The lawn: metres east and north of its corner. */
const LAWN = { lat: 47.5596, lon: 7.5886, width: 24, height: 14 };
const METRES_A_DEGREE = 111_320;
const LANE = 1.2;
const STEP = 0.9;

interface Spot {
  east: number;
  north: number;
}

/** Where the mower is, for the camera that looks at it: the two hang on one wire, as in a garden. */
const mowerAt: Spot = { east: 2, north: 2 };

/** Up and down the lawn, lane by lane, and back to the dock when the battery is low. */
const mower: DeviceSpec = {
  id: "mower",
  will: { topic: "garden/mower/availability", online: "online", offline: "offline" },
  start(device) {
    let battery = 74;
    let way = 1;
    let docked = false;
    Object.assign(mowerAt, { east: 2, north: 2 });
    device.every(4000, () => {
      if (docked) battery = Math.min(100, battery + 1.5);
      else battery -= 0.25;
      if (battery < 15) {
        docked = true;
        Object.assign(mowerAt, { east: 0.5, north: 0.5 });
      }
      if (battery >= 95) docked = false;
      if (!docked) {
        mowerAt.north += way * STEP;
        if (mowerAt.north > LAWN.height - 1 || mowerAt.north < 1) {
          way = -way;
          mowerAt.north = Math.max(1, Math.min(LAWN.height - 1, mowerAt.north));
          mowerAt.east = mowerAt.east + LANE > LAWN.width - 1 ? 2 : mowerAt.east + LANE;
        }
      }
      const wobble = (): number => (device.random() - 0.5) * 0.4;
      device.say("garden/mower/position", {
        lat: Number((LAWN.lat + (mowerAt.north + wobble()) / METRES_A_DEGREE).toFixed(7)),
        lon: Number(
          (LAWN.lon + (mowerAt.east + wobble()) / (METRES_A_DEGREE * Math.cos((LAWN.lat * Math.PI) / 180))).toFixed(7),
        ),
        acc: Number((0.6 + device.random()).toFixed(1)),
        battery: Math.round(battery),
        state: docked ? "charging" : "mowing",
      });
    });
  },
};

const WIDTH = 320;
const HEIGHT = 180;
const HORIZON = 62;

/** A still of the garden every five seconds: sky by the hour, hedge, mown stripes, and the mower where it is. */
const camera: DeviceSpec = {
  id: "camera",
  past: false,
  will: { topic: "garden/camera/availability", online: "online", offline: "offline" },
  start(device) {
    device.every(5000, () => {
      const hour = (device.now() / 3_600_000) % 24;
      device.say("garden/camera/picture", paintPng(WIDTH, HEIGHT, gardenAt(hour, mowerAt)), { retain: true });
    });
  },
};

function gardenAt(hour: number, { east, north }: Spot): (x: number, y: number) => Colour {
  const day = Math.max(0.18, Math.sin(((hour - 5) / 14) * Math.PI));
  const lit = ([r, g, b]: Colour): Colour => [Math.round(r * day), Math.round(g * day), Math.round(b * day)];
  // The lawn lies in front of the camera: what is farther is higher in the picture, and smaller.
  const far = north / LAWN.height;
  const size = 13 - 7 * far;
  const left = WIDTH / 2 + (east / LAWN.width - 0.5) * WIDTH * (1 - 0.35 * far);
  const top = HEIGHT - 22 - far * (HEIGHT - HORIZON - 40);
  return (x, y) => {
    if (Math.abs(x - left) < size && Math.abs(y - top) < size * 0.55)
      return y < top - size * 0.2 ? lit([235, 120, 40]) : lit([60, 62, 66]);
    if (y < HORIZON - 14) return lit([130 + y, 175 + Math.round(y * 0.8), 225]);
    if (y < HORIZON) return lit((x * 7 + y * 13) % 23 < 11 ? [44, 84, 50] : [52, 96, 58]);
    const depth = (HEIGHT - HORIZON) / (y - HORIZON + 12);
    return lit(Math.floor((x - WIDTH / 2) * depth * 0.09 + 100) % 2 === 0 ? [92, 148, 74] : [104, 162, 84]);
  };
}

export const garden: readonly DeviceSpec[] = [mower, camera];
