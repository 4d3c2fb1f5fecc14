import { z } from "zod";
import { Dashboard, DashboardBody } from "../dashboard";
import { withOrigin } from "./origin";
import { route } from "./route";

export const DashboardOut = Dashboard.extend(withOrigin).meta({ id: "DashboardOut" });
export type DashboardOut = z.infer<typeof DashboardOut>;

const In = DashboardBody.meta({ id: "Dashboard" });

export const dashboardContracts = {
  list: route({
    method: "GET",
    path: "/dashboards",
    needs: "see",
    summary: "All dashboards, in the order of the navigation",
    answer: z.array(DashboardOut),
  }),
  create: route({
    method: "POST",
    path: "/dashboards",
    needs: "admin",
    summary: "Create a dashboard",
    body: In,
    answer: DashboardOut,
    status: 201,
  }),
  get: route({
    method: "GET",
    path: "/dashboards/{slug}",
    needs: "see",
    summary: "One dashboard",
    answer: DashboardOut,
  }),
  replace: route({
    method: "PUT",
    path: "/dashboards/{slug}",
    needs: "admin",
    summary: "Change a dashboard: its title and its tiles, whole",
    headers: ["If-Match"],
    body: In,
    answer: DashboardOut,
  }),
  remove: route({
    method: "DELETE",
    path: "/dashboards/{slug}",
    needs: "admin",
    summary: "Delete a dashboard; its points stay",
    headers: ["If-Match"],
  }),
};
