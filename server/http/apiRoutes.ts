import type { Mount } from "./endpoint";
import type { HttpParts } from "./parts";
import { auditRoutes } from "./routes/audit";
import { backupRoutes } from "./routes/backups";
import { brokerRoutes } from "./routes/brokers";
import { commandRoutes } from "./routes/commands";
import { dashboardRoutes } from "./routes/dashboards";
import { discoveryRoutes } from "./routes/discovery";
import { historyRoutes } from "./routes/history";
import { pointRoutes } from "./routes/points";
import { registrationRoutes } from "./routes/registrations";
import { sessionRoutes } from "./routes/session";
import { userRoutes } from "./routes/users";

/** In the order of the documentation. */
const ROUTES: ((parts: HttpParts) => Mount[])[] = [
  sessionRoutes,
  pointRoutes,
  historyRoutes,
  backupRoutes,
  commandRoutes,
  dashboardRoutes,
  registrationRoutes,
  discoveryRoutes,
  brokerRoutes,
  userRoutes,
  auditRoutes,
];

/** All endpoints under /api/v1. */
export const routesOf = (parts: HttpParts): Mount[] => ROUTES.flatMap((routes) => routes(parts));
