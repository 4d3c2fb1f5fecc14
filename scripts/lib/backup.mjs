import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import Database from "better-sqlite3";

const DATABASES = ["config.db", "history.db"];
const SECRET = "secret";
const NOTE = "backup.json";
const LOCK = "telltale.lock";
const FORMAT = 1;

/** What went wrong, as a sentence for who started it. */
export class BackupError extends Error {}

async function sha256(file) {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

/** SQLite's own opinion of a file that nobody else has open. Undefined: it is whole. */
function damageOf(file) {
  const database = new Database(file, { readonly: true });
  try {
    const answer = database.pragma("integrity_check", { simple: true });
    return answer === "ok" ? undefined : String(answer);
  } catch (error) {
    return error.message;
  } finally {
    database.close();
  }
}

/**
 * Copies both databases of a data folder, and the secret that opens the passwords in them, into a new folder. Each database is
 * copied as of one moment, whoever writes meanwhile: VACUUM INTO reads in one transaction, which in WAL mode stops no writer.
 * The folder appears under its name when all in it is whole. Answers what stands in its backup.json.
 */
export async function backUp({ dataDir, to, withSecret = true, version, now = new Date() }) {
  const missing = DATABASES.filter((name) => !existsSync(join(dataDir, name)));
  if (missing.length > 0)
    throw new BackupError(`${dataDir} holds no ${missing.join(" and no ")}: is it the data folder?`);
  if (existsSync(to)) throw new BackupError(`${to} exists already: name a new folder`);
  const partial = `${to}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(dirname(partial), { recursive: true });
  mkdirSync(partial, { mode: 0o700 });
  try {
    const files = {};
    for (const name of DATABASES) {
      const copy = join(partial, name);
      const source = new Database(join(dataDir, name), { fileMustExist: true, timeout: 10_000 });
      try {
        source.prepare("VACUUM INTO ?").run(copy);
      } finally {
        source.close();
      }
      chmodSync(copy, 0o600);
      const damage = damageOf(copy);
      if (damage !== undefined) throw new BackupError(`the copy of ${name} is not whole: ${damage}`);
      files[name] = { bytes: statSync(copy).size, sha256: await sha256(copy) };
    }
    const secretThere = existsSync(join(dataDir, SECRET));
    if (secretThere && withSecret) {
      const copy = join(partial, SECRET);
      copyFileSync(join(dataDir, SECRET), copy);
      chmodSync(copy, 0o600);
      files[SECRET] = { bytes: statSync(copy).size, sha256: await sha256(copy) };
    }
    const secret = !secretThere ? "environment" : withSecret ? "included" : "left out";
    const note = { format: FORMAT, made: now.toISOString(), version, secret, files };
    writeFileSync(join(partial, NOTE), `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600, flush: true });
    renameSync(partial, to);
    return note;
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
}

/** Reads and checks all of a backup; answers its backup.json. */
async function checkBackup(from) {
  if (!existsSync(join(from, NOTE))) throw new BackupError(`${from} is no backup: it holds no ${NOTE}`);
  let note;
  try {
    note = JSON.parse(readFileSync(join(from, NOTE), "utf8"));
  } catch (error) {
    throw new BackupError(`${join(from, NOTE)} cannot be read: ${error.message}`);
  }
  if (note.format !== FORMAT)
    throw new BackupError(
      `${from} was made by another version of Telltale (format ${note.format}): restore it with that version`,
    );
  const names = Object.keys(note.files ?? {});
  const strange = names.filter((name) => ![...DATABASES, SECRET].includes(name));
  const absent = DATABASES.filter((name) => !names.includes(name));
  if (strange.length + absent.length > 0)
    throw new BackupError(`${join(from, NOTE)} is damaged: it names ${names.join(", ")}`);
  for (const name of names) {
    const file = join(from, name);
    if (!existsSync(file)) throw new BackupError(`${from} is not whole: ${name} is missing`);
    if ((await sha256(file)) !== note.files[name].sha256)
      throw new BackupError(`${file} was changed or damaged since the backup was made`);
    const damage = DATABASES.includes(name) ? damageOf(file) : undefined;
    if (damage !== undefined) throw new BackupError(`${file} is damaged: ${damage}`);
  }
  return note;
}

/**
 * The lock of server/db/dataLock.ts: held while files are put in their place, so that no Telltale starts in between. Refused while one
 * runs. Answers how to release it.
 */
function lockFolder(dataDir) {
  const database = new Database(join(dataDir, LOCK), { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (String(error.code).startsWith("SQLITE_BUSY"))
      throw new BackupError(`${dataDir} is in use: stop Telltale first`);
    throw error;
  }
  return () => database.close();
}

/** A running Telltale would go on writing into files that are no longer there. */
function refuseWhileOpen(file) {
  const database = new Database(file, { timeout: 0 });
  try {
    // In WAL mode an exclusive lock is to be had only while no other connection is open.
    database.pragma("locking_mode = EXCLUSIVE");
    database.exec("BEGIN EXCLUSIVE; ROLLBACK");
  } catch (error) {
    if (String(error.code).startsWith("SQLITE_BUSY")) throw new BackupError(`${file} is in use: stop Telltale first`);
    // A damaged file is what a restore is for.
  } finally {
    database.close();
  }
}

/**
 * Puts a backup into a data folder. Files that are there are refused, or, with `replace`, moved into a folder beside them.
 * Answers the backup's note, and where the former files went.
 */
export async function restore({ from, dataDir, replace = false, now = new Date() }) {
  const note = await checkBackup(from);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const release = lockFolder(dataDir);
  try {
    return { note, aside: putInPlace({ note, from, dataDir, replace, now }) };
  } finally {
    release();
  }
}

/** Answers where the former files went. */
function putInPlace({ note, from, dataDir, replace, now }) {
  const there = readdirSync(dataDir).filter((name) =>
    [...DATABASES, SECRET].some((own) => name === own || name.startsWith(`${own}-`)),
  );
  if (there.length > 0 && !replace)
    throw new BackupError(
      `${dataDir} holds ${there.join(", ")}: name an empty folder, or add --replace to move them aside`,
    );
  for (const name of there.filter((name) => DATABASES.includes(name))) refuseWhileOpen(join(dataDir, name));
  const names = Object.keys(note.files);
  // All is copied before anything is moved: a full disk must not leave half of each.
  for (const name of names) {
    copyFileSync(join(from, name), join(dataDir, `${name}.restoring`));
    chmodSync(join(dataDir, `${name}.restoring`), 0o600);
  }
  const aside =
    there.length > 0 ? join(dataDir, `before-restore-${now.toISOString().replaceAll(":", "-")}`) : undefined;
  if (aside) mkdirSync(aside, { mode: 0o700 });
  for (const name of readdirSync(dataDir).filter((entry) => there.includes(entry) || isLog(entry))) {
    // The secret stays where the backup brings none.
    if (aside && !(name === SECRET && !names.includes(SECRET))) renameSync(join(dataDir, name), join(aside, name));
  }
  for (const name of names) renameSync(join(dataDir, `${name}.restoring`), join(dataDir, name));
  return aside;
}

const isLog = (name) => DATABASES.some((own) => name === `${own}-wal` || name === `${own}-shm`);

/** The arguments behind `npm run … --`: names and flags. Unknown flags are refused. */
export function readArguments(args, flags) {
  const unknown = args.find((arg) => arg.startsWith("-") && !flags.includes(arg));
  if (unknown) throw new BackupError(`${unknown} is no option here: there are ${flags.join(", ")}`);
  return { names: args.filter((arg) => !arg.startsWith("-")), has: (flag) => args.includes(flag) };
}
