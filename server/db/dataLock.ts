import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import { z } from "zod";
import { err, ok, type Result } from "../../lib/result";

const LOCK = "telltale.lock";
const HOLDER = "telltale.pid";
const Holder = z.object({ pid: z.number(), host: z.string() });

export interface DataLock {
  release(): void;
}

/**
 * Makes this process the only one that writes into the folder, which is made where there is none. The lock is the operating system's,
 * on a file that SQLite keeps a transaction open on: it ends with its process, however that ends, so none is ever left behind
 * (https://www.sqlite.org/lockingv3.html).
 * The file with the holder's pid is for the refusal's sentence only.
 */
export function lockDataFolder(
  dataDir: string,
  mend = "stop that one first, or set TELLTALE_DATA to another folder",
): Result<DataLock> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(dataDir, LOCK);
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { timeout: 0 });
    // Nothing is ever written: the file stays empty, and there is no journal that a kill could leave.
    database.exec("BEGIN EXCLUSIVE");
    chmodSync(file, 0o600);
    writeFileSync(path.join(dataDir, HOLDER), JSON.stringify({ pid: process.pid, host: hostname() }), { mode: 0o600 });
    const held = database;
    return ok({ release: () => void held.close() });
  } catch (error) {
    database?.close();
    const { code = "", message } = error as NodeJS.ErrnoException;
    return code.startsWith("SQLITE_BUSY")
      ? err(`the data folder ${dataDir} is in use by another Telltale${holderOf(dataDir)}: ${mend}`)
      : err(`the data folder ${dataDir} cannot be locked (${file}): ${message}`);
  }
}

function holderOf(dataDir: string): string {
  try {
    const { pid, host } = Holder.parse(JSON.parse(readFileSync(path.join(dataDir, HOLDER), "utf8")));
    return host === hostname() ? ` (process ${pid})` : ` (process ${pid} on ${host})`;
  } catch {
    // The holder is just starting: there is a sentence without its number too.
    return "";
  }
}
