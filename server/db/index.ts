export { type HistoryOptions, openHistory } from "./history/historyStore";
export { type ConfigDatabase, openConfigDatabase } from "./openConfigDatabase";
export type { Sealer } from "./sealer";
