import { describe, expect, it } from "vitest";
import { loginPath, safeReturnPath } from "./returnPath";

describe("safeReturnPath", () => {
  it.each(["/", "/d/house", "/admin/topics/new?filter=a%2F%2B#x", "/everything?state=stale"])(
    "AC: keeps %s, a path of this origin",
    (path) => {
      expect(safeReturnPath(path)).toBe(path);
    },
  );

  it.each([
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/..//evil.example",
    "javascript:alert(1)",
    "d/house",
    "/login?from=/login",
    "/setup",
    "/api/v1/session",
    "",
    null,
    undefined,
  ])("AC: refuses %j", (path) => {
    expect(safeReturnPath(path)).toBe("/");
  });

  it("AC: gives the way back to the login page, and nothing when it is the start page", () => {
    expect(loginPath("/d/house?x=1")).toBe("/login?from=%2Fd%2Fhouse%3Fx%3D1");
    expect(loginPath("/")).toBe("/login");
    expect(loginPath("//evil.example")).toBe("/login");
  });
});
