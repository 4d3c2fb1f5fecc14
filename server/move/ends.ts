import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { type DataLock, lockDataFolder } from "../db/dataLock";
import { openPostgresSource } from "./postgresSide";
import { openPostgresTarget } from "./postgresTarget";
import { MoveError, type SourceSide, type TargetSide } from "./side";
import { FILES, openSqliteSource } from "./sqliteSide";
import { openSqliteTarget } from "./sqliteTarget";

export const isPostgres = (place: string): boolean => /^postgres(ql)?:\/\//.test(place);

/** Both ends of a move, which nobody else uses meanwhile. */
export interface Ends {
  source: SourceSide;
  target: TargetSide;
  /** Of the two the data folder. */
  folder: string;
  /** What the file `secret` of a data folder that is filled will hold. */
  secretFile(text: string): void;
  close(): Promise<void>;
}

export async function openEnds({ from, to }: { from: string; to: string }): Promise<Ends> {
  const opened: { close(): Promise<void> | void }[] = [];
  const close = async () => {
    for (const one of opened.toReversed()) await one.close();
  };
  let secretText = "";
  const lock = (folder: string) => {
    const locked = lockDataFolder(folder, "stop that one first");
    if (!locked.ok) throw new MoveError(locked.error);
    opened.push({ close: () => (locked.value as DataLock).release() });
  };
  const kept = <T extends { close(): Promise<void> }>(end: T): T => {
    opened.push(end);
    return end;
  };
  try {
    if (isPostgres(to)) {
      refuseNoFolder(from);
      const folder = realpathSync(from);
      lock(folder);
      const source = kept(openSqliteSource(folder));
      const target = kept(await openPostgresTarget(to));
      return { source, target, folder, secretFile: () => undefined, close };
    }
    const source = kept(await openPostgresSource(from));
    const users = await source.users({ leaving: true });
    if (users !== undefined)
      throw new MoveError(
        `a Telltale is connected to ${source.label} (from ${users}): stop every node of it first, since what it stores from now on would not be moved`,
      );
    const folder = path.resolve(to);
    lock(folder);
    const target = kept(openSqliteTarget(folder, () => secretText));
    return {
      source,
      target,
      folder,
      secretFile: (text) => {
        secretText = text;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function refuseNoFolder(folder: string): void {
  const missing = FILES.filter((name) => !existsSync(path.join(folder, name)));
  if (missing.length > 0)
    throw new MoveError(`${folder} holds no ${missing.join(" and no ")}: name the data folder with --from`);
}
