import { z } from "zod";
import { filterMatches } from "./topics/match";

/** viewer ⊂ operator ⊂ admin. */
export const Role = z.enum(["viewer", "operator", "admin"]);
export type Role = z.infer<typeof Role>;

const RANK: Record<Role, number> = { viewer: 1, operator: 2, admin: 3 };
export const roleAtLeast = (role: Role, least: Role): boolean => RANK[role] >= RANK[least];

/** A right on part of the topic tree, in the field's own language. */
export const Grant = z.strictObject({ role: z.enum(["viewer", "operator"]), filter: z.string() });
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
