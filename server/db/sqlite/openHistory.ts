import path from "node:path";
import type { Result } from "../../../lib/result";
import type { HistoryStore } from "../../ports";
import type { SqliteSettings } from "../history/messages";
import { type HistoryOptions as Options, openHistoryOn } from "../history/openHistoryOn";

export interface HistoryOptions extends Options, Pick<SqliteSettings, "maxPages"> {
  dataDir: string;
}

/** Opens `<dataDir>/history.db`, or makes it. Refused with a sentence when the file is damaged or from a newer version. */
export const openHistory = ({ dataDir, maxPages, ...options }: HistoryOptions): Promise<Result<HistoryStore>> =>
  openHistoryOn({ kind: "sqlite", file: path.join(dataDir, "history.db"), maxPages }, options);
