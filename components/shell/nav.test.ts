import { describe, expect, it } from "vitest";
import { pointOfPath, pointPath } from "./nav";

describe("the address of a point's page", () => {
  it.each([
    ["boiler-temp", "/p/boiler-temp"],
    ["climate/Living room.temperature", "/p/climate/Living%20room.temperature"],
    ["a/ü?#%/b", "/p/a/%C3%BC%3F%23%25/b"],
    // A browser would fold these away.
    ["a//b", "/p/a%2F%2Fb"],
    ["a/../b", "/p/a%2F..%2Fb"],
  ])("of %s is %s, and leads back to it", (id, path) => {
    expect(pointPath(id)).toBe(path);
    expect(new URL(path, "http://house").pathname).toBe(path);
    expect(pointOfPath(path.slice(3).split("/"))).toBe(id);
  });
  it("with broken escapes is none", () => expect(pointOfPath(["%E0%A4%A"])).toBeUndefined());
});
