import type { Role } from "@/lib/access";
import type { PlainKey } from "@/lib/texts/t";

interface RoleChoice {
  value: Role;
  label: PlainKey;
  may: PlainKey;
}

export const ROLES: readonly [RoleChoice, ...RoleChoice[]] = [
  { value: "viewer", label: "people.viewer", may: "people.viewerMay" },
  { value: "operator", label: "people.operator", may: "people.operatorMay" },
  { value: "admin", label: "people.admin", may: "people.adminMay" },
];
