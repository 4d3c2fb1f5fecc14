/**
 * What the server's parts know of one another. `mqtt`, `db`, `sockets`, `http`, `people` and `demo` never import each other:
 * they implement or receive these, and `app.ts` joins them.
 */
/** Put together from what each table of config.db declares in its folder. */
export type { ConfigStore, ConfiguredTables } from "./db/config/tables";
export type * from "./ports/accountsDatabase";
export type * from "./ports/alarms";
export type * from "./ports/backups";
export type * from "./ports/brokers";
export type * from "./ports/buildFiles";
export type * from "./ports/catalog";
export type * from "./ports/cluster";
export type * from "./ports/commands";
export type * from "./ports/common";
export type * from "./ports/discovery";
export type * from "./ports/everything";
export type * from "./ports/liveState";
export type * from "./ports/people";
export type * from "./ports/stores";
