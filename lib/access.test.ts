import { describe, expect, it } from "vitest";
import { type Access, mayAdminister, mayOperate, mayView, type Role, roleAtLeast } from "./access";

const person = (role: Role, ...grants: Access["grants"][number][]): Access => ({
  user: { id: "1", name: "Ann" },
  role,
  grants,
});

describe("rights", () => {
  it("AC-30: each role may what the one below may", () => {
    expect(roleAtLeast("admin", "operator")).toBe(true);
    expect(roleAtLeast("operator", "operator")).toBe(true);
    expect(roleAtLeast("viewer", "operator")).toBe(false);
    const may = (role: Role) => [mayView, mayOperate, mayAdminister].map((f) => f(person(role), "a"));
    expect(may("viewer")).toEqual([true, false, false]);
    expect(may("operator")).toEqual([true, true, false]);
    expect(may("admin")).toEqual([true, true, true]);
  });
  it("AC-31: a grant adds to the role where its filter matches the topic", () => {
    const gardener = person("viewer", { role: "operator", filter: "greenhouse/#" });
    expect(mayOperate(gardener, "greenhouse/pump")).toBe(true);
    expect(mayOperate(gardener, "greenhouse")).toBe(true);
    expect(mayOperate(gardener, "house/pump")).toBe(false);
    expect(mayOperate(gardener, undefined)).toBe(false);
    expect(mayAdminister(gardener)).toBe(false);
    expect(mayOperate(person("viewer", { role: "operator", filter: "#" }), "$SYS/x")).toBe(false);
    expect(mayOperate(person("viewer", { role: "viewer", filter: "#" }), "a")).toBe(false);
  });
  it("AC-32: who is not signed in may at most look, whatever the role says", () => {
    const anonymous: Access = { user: "anonymous", role: "admin", grants: [{ role: "operator", filter: "#" }] };
    expect([mayView(anonymous, "a"), mayOperate(anonymous, "a"), mayAdminister(anonymous)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
