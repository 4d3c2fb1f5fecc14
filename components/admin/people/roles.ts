import type { Role } from "@/lib/access";

export const ROLES: readonly { value: Role; label: string; may: string }[] = [
  { value: "viewer", label: "Viewer", may: "can view, not control" },
  { value: "operator", label: "Operator", may: "can also control: switches, sliders, buttons" },
  { value: "admin", label: "Admin", may: "can also set up topics, brokers, dashboards and people" },
];
