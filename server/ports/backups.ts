import type { BackupOut, BackupsOut } from "../../lib/api";
import type { Result } from "../../lib/result";
import type { Said } from "../../lib/texts/said";

/** Copies of both databases, in the data folder. */
export interface Backups {
  /** Newest first. */
  list(): Promise<BackupsOut>;
  /** Answers when the copy is made and checked. 409: another is being made, or backups are made elsewhere; 503: it failed. */
  make(): Promise<Result<BackupOut, { status: 409 | 503; message: Said }>>;
  /** One of them as a tar, read no faster than it is taken; undefined: there is none of that name. */
  read(name: string): Promise<ReadableStream<Uint8Array> | undefined>;
  /** False: there is none of that name. */
  remove(name: string): Promise<boolean>;
  /** Breaks off what is being made; nothing of it stays. */
  stop(): Promise<void>;
}
