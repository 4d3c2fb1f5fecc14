import type { Role } from "@/lib/access";

export const ROLES: readonly { value: Role; label: string; may: string }[] = [
  { value: "viewer", label: "Viewer", may: "sees everything, operates nothing" },
  { value: "operator", label: "Operator", may: "also operates: switches, sliders, buttons" },
  { value: "admin", label: "Admin", may: "also sets up: topics, brokers, dashboards, people" },
];
