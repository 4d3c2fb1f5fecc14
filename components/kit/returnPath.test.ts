import { afterEach, describe, expect, it, vi } from "vitest";
import { leaveForLogin, loginPath, safeReturnPath } from "./returnPath";

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

describe("leaveForLogin", () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("FR-106: goes to the sign-in page, again where another navigation took its place, and no more once the page is left", () => {
    vi.useFakeTimers();
    const assign = vi.fn();
    const listeners = new EventTarget();
    const addEventListener = listeners.addEventListener.bind(listeners);
    vi.stubGlobal("window", { location: { assign }, addEventListener });
    leaveForLogin("/found");
    leaveForLogin("/found");
    expect(assign.mock.calls).toEqual([["/login?from=%2Ffound"]]);
    vi.advanceTimersByTime(10_000);
    expect(assign).toHaveBeenCalledTimes(2);
    listeners.dispatchEvent(new Event("pagehide"));
    vi.advanceTimersByTime(60_000);
    expect(assign).toHaveBeenCalledTimes(2);
  });
});
