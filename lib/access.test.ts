import { describe, expect, it } from "vitest";
import { type Access, lacking, mayAdminister, mayOperate, mayView, type Needs, type Role, roleAtLeast } from "./access";

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
  it("AC-9: what a route needs is judged by the role, and a grant to operate anywhere opens its door", () => {
    const all: Needs[] = ["anyone", "account", "see", "operate", "setup", "admin"];
    const may = (access: Access | null) => all.filter((needs) => lacking(needs, access) === undefined);
    expect(may(null)).toEqual(["anyone"]);
    expect(may({ user: "anonymous", role: "viewer", grants: [] })).toEqual(["anyone", "see"]);
    expect(may(person("viewer"))).toEqual(["anyone", "account", "see"]);
    expect(may(person("viewer", { role: "viewer", filter: "#" }))).toEqual(["anyone", "account", "see"]);
    expect(may(person("viewer", { role: "operator", filter: "a" }))).toEqual(["anyone", "account", "see", "operate"]);
    expect(may(person("operator"))).toEqual(["anyone", "account", "see", "operate"]);
    expect(may(person("admin"))).toEqual(all);
  });
  it("AC-9: who is not signed in lacks a session, whoever is lacks a right", () => {
    const anonymous: Access = { user: "anonymous", role: "admin", grants: [{ role: "operator", filter: "#" }] };
    for (const needs of ["account", "operate", "setup", "admin"] as const) {
      expect(lacking(needs, null)).toBe("session");
      expect(lacking(needs, anonymous)).toBe("session");
    }
    expect(lacking("see", null)).toBe("session");
    expect(lacking("admin", person("operator"))).toBe("right");
  });
});
