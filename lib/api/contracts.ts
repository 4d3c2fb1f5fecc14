import { alarmContracts } from "./alarms";
import { auditContracts } from "./audit";
import { backupContracts } from "./backups";
import { brokerContracts } from "./brokers";
import { commandContracts } from "./commands";
import { dashboardContracts } from "./dashboards";
import { discoveryContracts } from "./discovery";
import { historyContracts } from "./history";
import { nodeContracts } from "./nodes";
import { pointContracts } from "./points";
import { registrationContracts } from "./registrations";
import type { AnyContract } from "./route";
import { sessionContracts } from "./session";
import { userContracts } from "./users";

/** Every route under /api/v1, in the order of the documentation. Pages import the type of it, never the schemas. */
export const contracts = {
  session: sessionContracts,
  points: pointContracts,
  history: historyContracts,
  backups: backupContracts,
  commands: commandContracts,
  alarms: alarmContracts,
  dashboards: dashboardContracts,
  registrations: registrationContracts,
  discovery: discoveryContracts,
  brokers: brokerContracts,
  nodes: nodeContracts,
  users: userContracts,
  audit: auditContracts,
};

type Groups = typeof contracts;
type Every = { [G in keyof Groups]: Groups[G][keyof Groups[G]] }[keyof Groups];

/** Each contract by its name, as `GET /backups`. */
export type Contracts = { [C in Every as `${C["method"]} ${C["path"]}`]: C };

export const allContracts: readonly AnyContract[] = Object.values(contracts).flatMap((group) => Object.values(group));
