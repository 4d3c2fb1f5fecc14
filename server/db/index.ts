export { type ConfigDatabase, openConfigDatabase } from "./openConfigDatabase";
export type { Sealer } from "./sealer";
export { type HistoryOptions, openHistory } from "./sqlite/openHistory";
