import type { Role } from "@/lib/access";
import { type PlainKey, t } from "@/lib/texts/t";

const ROLES: Record<Role, PlainKey> = {
  viewer: "kit.roleViewer",
  operator: "kit.roleOperator",
  admin: "kit.roleAdmin",
};

/** A role as part of a sentence or line. */
export const roleText = (role: Role): string => t(ROLES[role]);
