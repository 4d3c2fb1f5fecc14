import { type ChildProcess, spawn } from "node:child_process";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { z } from "zod";
import type { BackupOut } from "../../lib/api";
import { err, ok } from "../../lib/result";
import { asWording, inWords, type Said, say } from "../../lib/texts/said";
import type { Backups, Clock, Log } from "../ports";

export interface BackupsParts {
  dataDir: string;
  /** The program behind `npm run backup`: a process of its own, so that copying gigabytes stops nothing here. */
  script: string;
  clock: Pick<Clock, "now">;
  log: Log;
}

/** A name that was made here; no other gets near the file system. */
const NAME = /^telltale-\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z$/;
const FILE = "backup.json";

/** What scripts/lib/backup.mjs notes of a backup. */
const Note = z.object({
  made: z.iso.datetime(),
  version: z.string(),
  files: z.record(z.string(), z.object({ bytes: z.number() })),
});

export function createBackups({ dataDir, script, clock, log }: BackupsParts): Backups {
  const folder = join(dataDir, "backups");
  let making: { since: number; child: ChildProcess; ended: Promise<Said | undefined> } | undefined;

  async function look(name: string): Promise<BackupOut | undefined> {
    if (!NAME.test(name)) return undefined;
    try {
      const { made, version, files } = Note.parse(JSON.parse(await readFile(join(folder, name, FILE), "utf8")));
      const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
      return { name, made: Date.parse(made), bytes, version };
    } catch (error) {
      // A folder that is being made or deleted has no note; any other fault is worth a line.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") log.warn({ err: error, name }, "a backup cannot be read");
      return undefined;
    }
  }

  /** The name is free: one second makes one backup, and one is made at a time. */
  const nameNow = (): string =>
    `telltale-${new Date(clock.now())
      .toISOString()
      .replace(/\.\d+Z$/, "Z")
      .replaceAll(":", "-")}`;

  return {
    async list() {
      const names = await readdir(folder).catch(() => []);
      const all = await Promise.all(names.map(look));
      const backups = all.filter((one) => one !== undefined).sort((a, b) => b.made - a.made);
      return { backups, making: making?.since ?? null };
    },

    async make() {
      if (making) return err({ status: 409, message: say("problem.backupBusy") });
      const name = nameNow();
      const child = spawn(process.execPath, [script, join(folder, name), "--without-secret"], {
        env: { ...process.env, TELLTALE_DATA: dataDir },
        stdio: ["ignore", "ignore", "pipe"],
      });
      making = { since: clock.now(), child, ended: failureOf(child) };
      try {
        const failure = await making.ended;
        const made = failure === undefined ? await look(name) : undefined;
        if (made) return ok(made);
        log.error({ failure: failure && inWords(failure), name }, "no backup was made");
        return err({ status: 503, message: failure ?? say("problem.backupNotThere") });
      } finally {
        making = undefined;
      }
    },

    async read(name) {
      if (!(await look(name))) return undefined;
      const tar = spawn("tar", ["-cf", "-", "-C", folder, name], { stdio: ["ignore", "pipe", "pipe"] });
      const failed = failureOf(tar);
      // A tar that broke off must not look whole: the answer breaks off too.
      void failed.then((failure) => failure !== undefined && tar.stdout.destroy(new Error(inWords(failure))));
      tar.stdout.on("close", () => tar.kill());
      return Readable.toWeb(tar.stdout) as ReadableStream<Uint8Array>;
    },

    async remove(name) {
      if (!(await look(name))) return false;
      await rm(join(folder, name), { recursive: true });
      return true;
    },

    async stop() {
      making?.child.kill();
      await making?.ended;
    },
  };
}

const PG_DUMP = "pg_dump -Fc -f telltale.dump $DATABASE_URL";

/** Where the data are in Postgres, whose own programs make a consistent copy of them. */
export const noBackups: Backups = {
  list: async () => ({ backups: [], making: null, with: "pg_dump" }),
  make: async () => err({ status: 409, message: say("problem.backupPostgres", { command: PG_DUMP }) }),
  read: async () => undefined,
  remove: async () => false,
  stop: async () => undefined,
};
/** When the process is gone: what it said was wrong, as a sentence; undefined: nothing was. */
function failureOf(child: ChildProcess): Promise<Said | undefined> {
  let said = "";
  child.stderr?.on("data", (piece: Buffer) => {
    said = (said + piece.toString()).slice(-4000);
  });
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(asWording(error.message)));
    child.once("close", (code, signal) => {
      if (code === 0) resolve(undefined);
      else {
        const ended = signal
          ? say("problem.backupEnded", { by: signal })
          : say("problem.backupEndedCode", { code: code ?? 0 });
        const [first] = said.trim().split("\n");
        resolve(first ? asWording(first) : ended);
      }
    });
  });
}
