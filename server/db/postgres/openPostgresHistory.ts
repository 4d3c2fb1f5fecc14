import { randomUUID } from "node:crypto";
import type { Result } from "../../../lib/result";
import type { SharedHistory } from "../../ports";
import { type HistoryOptions, openHistoryOn } from "../history/openHistoryOn";

/** Opens the history in this database, whose tables are made where they are missing. Refused with a sentence. */
export const openPostgresHistory = ({
  url,
  ...options
}: HistoryOptions & { url: string }): Promise<Result<SharedHistory>> =>
  openHistoryOn({ kind: "postgres", url, writer: randomUUID() }, options);
