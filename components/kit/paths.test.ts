import { describe, expect, it } from "vitest";
import { pointOfPath, pointPath } from "./paths";

describe("the address of a point's page", () => {
  it.each([
    ["boiler-temp", "/p/boiler-temp"],
    ["climate/Living room.temperature", "/p/climate/Living%20room.temperature"],
    ["a/ü?#%/b", "/p/a/%C3%BC%3F%23%25/b"],
    // A browser would fold these away.
    ["a//b", "/p/a%2F%2Fb"],
    ["a/../b", "/p/a%2F..%2Fb"],
    ["tank/a%25b", "/p/tank/a%2525b"],
    ["tank/%E0%A4%A", "/p/tank/%25E0%25A4%25A"],
    ["x%2Fy", "/p/x%252Fy"],
  ])("UI-20: of %s is %s, and leads back to it", (id, path) => {
    expect(pointPath(id)).toBe(path);
    expect(new URL(path, "http://house").pathname).toBe(path);
    expect(pointOfPath(path)).toBe(id);
    expect(pointOfPath(`${path}?with=a%2Fb`)).toBe(id);
  });
  it.each(["/p/%E0%A4%A", "/d/boiler", ""])("UI-20: %j is none", (path) => expect(pointOfPath(path)).toBeUndefined());
});
