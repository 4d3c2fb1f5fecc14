import { z } from "zod";
import { filterMatches } from "./topics/match";

/** viewer ⊂ operator ⊂ admin. */
export const Role = z.enum(["viewer", "operator", "admin"]);
export type Role = z.infer<typeof Role>;

const RANK: Record<Role, number> = { viewer: 1, operator: 2, admin: 3 };
export const roleAtLeast = (role: Role, least: Role): boolean => RANK[role] >= RANK[least];

/** A right on part of the topic tree, in the field's own language. */
const Grant = z.strictObject({ role: z.enum(["viewer", "operator"]), filter: z.string() });
export type Grant = z.infer<typeof Grant>;

/**
 * Who acts, as the database says now. The role counts everywhere, grants add to it where their filter matches.
 * `anonymous`: TELLTALE_ANONYMOUS lets people look without a login.
 */
export interface Access {
  user: { id: string; name: string } | "anonymous";
  role: Role;
  grants: readonly Grant[];
}

const granted = (access: Access, topic: string | undefined, least: Role): boolean =>
  roleAtLeast(access.role, least) ||
  (topic !== undefined && access.grants.some((g) => roleAtLeast(g.role, least) && filterMatches(g.filter, topic)));

export const mayView = (access: Access, topic: string | undefined): boolean => granted(access, topic, "viewer");
export const mayOperate = (access: Access, topic: string | undefined): boolean =>
  access.user !== "anonymous" && granted(access, topic, "operator");
export const mayAdminister = (access: Access): boolean => access.user !== "anonymous" && access.role === "admin";

/**
 * What a route or an event asks of its caller. `anyone`: nothing, not even a session; `account`: any account, but not the anonymous
 * viewer; `see`, `operate`, `setup`: this right, somewhere; `admin`: brokers, people, dashboards and Telltale itself.
 */
export type Needs = "anyone" | "account" | "see" | "operate" | "setup" | "admin";

/** The least role that has a right everywhere. */
export const ROLE_OF = { see: "viewer", operate: "operator", setup: "admin", admin: "admin" } as const;

/**
 * What somebody lacks for what needs this; undefined: nothing. `access` null: nobody is signed in. A grant anywhere opens the door: which
 * points it reaches is judged with the point.
 */
export function lacking(needs: Needs, access: Access | null): "session" | "right" | undefined {
  if (needs === "anyone" || (needs === "see" && access)) return undefined;
  if (!access || access.user === "anonymous") return "session";
  if (needs === "account" || roleAtLeast(access.role, ROLE_OF[needs])) return undefined;
  return needs === "operate" && access.grants.some((g) => roleAtLeast(g.role, "operator")) ? undefined : "right";
}
