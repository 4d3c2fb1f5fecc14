/**
 * The HTTP API under /api/v1, one file a resource: the bodies and answers, and one contract a route (route.ts). Errors are RFC 9457 problem
 * details. Pages import types from here, never schemas.
 */
export * from "./api/alarms";
export * from "./api/audit";
export * from "./api/backups";
export * from "./api/brokers";
export * from "./api/commands";
export * from "./api/dashboards";
export * from "./api/discovery";
export * from "./api/history";
export * from "./api/nodes";
export * from "./api/points";
export * from "./api/problem";
export * from "./api/registrations";
export * from "./api/session";
export * from "./api/users";
