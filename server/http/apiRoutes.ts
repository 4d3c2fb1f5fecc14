import { contracts } from "../../lib/api/contracts";
import type { Mount } from "./implement";
import type { HttpParts } from "./parts";
import { alarmRoutes } from "./routes/alarms";
import { auditRoutes } from "./routes/audit";
import { backupRoutes } from "./routes/backups";
import { brokerRoutes } from "./routes/brokers";
import { commandRoutes } from "./routes/commands";
import { dashboardRoutes } from "./routes/dashboards";
import { discoveryRoutes } from "./routes/discovery";
import { historyRoutes } from "./routes/history";
import { nodeRoutes } from "./routes/nodes";
import { pointRoutes } from "./routes/points";
import { registrationRoutes } from "./routes/registrations";
import { sessionRoutes } from "./routes/session";
import { userRoutes } from "./routes/users";

type Resource = keyof typeof contracts;

const ROUTES: Record<Resource, (parts: HttpParts) => Mount[]> = {
  session: sessionRoutes,
  points: pointRoutes,
  history: historyRoutes,
  backups: backupRoutes,
  commands: commandRoutes,
  alarms: alarmRoutes,
  dashboards: dashboardRoutes,
  registrations: registrationRoutes,
  discovery: discoveryRoutes,
  brokers: brokerRoutes,
  nodes: nodeRoutes,
  users: userRoutes,
  audit: auditRoutes,
};

/** All routes under /api/v1, in the order of their contracts. */
export const routesOf = (parts: HttpParts): Mount[] =>
  (Object.keys(contracts) as Resource[]).flatMap((resource) => ROUTES[resource](parts));
