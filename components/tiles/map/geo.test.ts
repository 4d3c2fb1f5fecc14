import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fitted,
  graticule,
  latitudeOf,
  lengthOf,
  longitudeOf,
  metresPerPixel,
  placeText,
  project,
  scaleBar,
  toPixel,
  zoomed,
} from "./geo";

const BERLIN = { lat: 52.52, lon: 13.405 };
const MUNICH = { lat: 48.137, lon: 11.575 };

describe("the projection", () => {
  it("comes back to where it was", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -85, max: 85, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        (lat, lon) => {
          const { x, y } = project({ lat, lon });
          expect(latitudeOf(y)).toBeCloseTo(lat, 6);
          expect(longitudeOf(x)).toBeCloseTo(lon, 6);
        },
      ),
    );
  });

  it("has north above south and east right of west", () => {
    expect(project(BERLIN).y).toBeLessThan(project(MUNICH).y);
    expect(project(BERLIN).x).toBeGreaterThan(project(MUNICH).x);
  });
});

it("shows all places that it is fitted to", () => {
  const places = [project(BERLIN), project(MUNICH)];
  const view = fitted(places, 300, 200);
  for (const place of places) {
    const { x, y } = toPixel(place, view, 300, 200);
    expect(x > 0 && x < 300 && y > 0 && y < 200).toBe(true);
  }
});

it("is no closer than that 40 m are seen", () => {
  expect(metresPerPixel(fitted([project(BERLIN)], 300, 200)) * 200).toBeGreaterThanOrEqual(40);
});

it("leaves what is under the pointer there when it zooms", () => {
  const view = fitted([project(BERLIN), project(MUNICH)], 300, 200);
  const at = { x: 40, y: 150 };
  const before = { x: view.x + (at.x - 150) / view.scale, y: view.y + (at.y - 100) / view.scale };
  const after = toPixel(before, zoomed(view, 3, at, 300, 200), 300, 200);
  expect(after.x).toBeCloseTo(at.x);
  expect(after.y).toBeCloseTo(at.y);
});

it.each([
  [1, 100, "100 m"],
  [0.37, 100, "20 m"],
  [37, 100, "2 km"],
  [0.0037, 100, "20 cm"],
])("at %d m a pixel the bar says %s pixels at most: %s", (metres, most, text) => {
  const bar = scaleBar(metres, most);
  expect(bar.text).toBe(text);
  expect(bar.pixels).toBeLessThanOrEqual(most);
});

it("draws a few lines with the degrees that they stand for", () => {
  const view = fitted([project(BERLIN), project(MUNICH)], 300, 200);
  const { meridians, parallels } = graticule(view, 300, 200);
  expect(meridians.length).toBeGreaterThan(0);
  expect(meridians.length).toBeLessThan(8);
  expect(parallels.every(({ text }) => /^\d+° N$/.test(text))).toBe(true);
});

it("measures a way, and writes a place", () => {
  expect(lengthOf([BERLIN, MUNICH]) / 1000).toBeCloseTo(504, -1);
  expect(lengthOf([BERLIN])).toBe(0);
  expect(placeText({ lat: -33.86, lon: -70 })).toBe("33.86000° S, 70.00000° W");
});
