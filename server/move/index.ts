import path from "node:path";
import { parseArgs } from "node:util";
import { reasonOf } from "../db/postgres/pool";
import { isPostgres } from "./ends";
import { type Moved, move } from "./move";
import { MoveError } from "./side";
import { type Beginning, createTerminalTeller, Stopped } from "./teller";

/** `npm run move`, as scripts/move.mjs starts it. Nothing else of Telltale imports it. */

const HELP = `Moves a whole installation from a data folder to Postgres, or back: configuration, people and their
sessions, broker passwords, audit trail, commands, and the history.

  npm run move -- --to postgres://user:password@host:5432/telltale    from the data folder
  npm run move -- --to FOLDER --from postgres://…                     back

  --to PLACE      an empty database or an empty folder
  --from PLACE    the data folder (default: TELLTALE_DATA, else data), or the Postgres that --to a folder
                  moves from (default: DATABASE_URL)
  --help          this text

Stop Telltale first. What is moved from is only read, and stays as it is. Every table is compared when it has
arrived. A move that was stopped or killed goes on where it was when the same command is run again.

TELLTALE_SECRET   the secret that Telltale is run with. Without it a data folder's own is taken along. Another
                  one for the database: everyone has to sign in again.
PGPASSWORD        a password of Postgres that is not in the address, and so not in the list of processes.
`;

interface Output {
  write(text: string): unknown;
}
interface Terminal {
  out: Output & { isTTY?: boolean };
  err: Output;
}

/** Answers the exit code. */
export async function runMove(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  { out, err }: Terminal = { out: process.stdout, err: process.stderr },
): Promise<number> {
  let interrupted = false;
  let begun = false;
  const stop = () => {
    // What a second one interrupts goes on as after a kill.
    if (interrupted) process.exit(130);
    interrupted = true;
  };
  const teller = createTerminalTeller({
    write: (text) => void out.write(text),
    isTerminal: out.isTTY === true,
    now: () => performance.now(),
    stopped: () => interrupted,
  });
  for (const signal of SIGNALS) process.on(signal, stop);
  try {
    const asked = readArguments(args, env);
    if (asked === "help") {
      out.write(HELP);
      return 0;
    }
    const tell = {
      ...teller,
      begin: (about: Beginning) => {
        begun = true;
        teller.begin(about);
      },
    };
    const moved = await move({ ...asked, secret: env.TELLTALE_SECRET?.trim() || undefined, tell });
    teller.end();
    out.write(farewell(moved, asked));
    return 0;
  } catch (error) {
    if (error instanceof Stopped) {
      err.write("Stopped. What has arrived is kept: run the same command again to go on.\n");
      return 130;
    }
    const reason = reasonOf(error);
    err.write(begun ? `\nThe move is not finished: ${reason}.\n` : `Nothing was moved: ${reason}.\n`);
    if (begun && !(error instanceof MoveError))
      err.write("What has arrived is kept: run the same command again to go on.\n");
    return 1;
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

interface Places {
  from: string;
  to: string;
}

function readArguments(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Places | "help" {
  const { values } = parse(args);
  if (values.help) return "help";
  const to = values.to?.trim();
  if (!to) throw new MoveError("--to is missing: npm run move -- --to postgres://user:password@host:5432/telltale");
  const folder = path.resolve(env.TELLTALE_DATA?.trim() || "data");
  const strange = [to, values.from].find((place) => place?.includes("://") && !isPostgres(place));
  if (strange)
    throw new MoveError(
      `${strange.split("://")[0]}:// is no place to move to or from: name a folder, or postgres://user:password@host:5432/telltale`,
    );
  const from = values.from?.trim() || (isPostgres(to) ? folder : env.DATABASE_URL?.trim());
  if (!from)
    throw new MoveError(
      "--from is missing: name the Postgres to move from, as postgres://user:password@host:5432/telltale",
    );
  if (isPostgres(to) === isPostgres(from))
    throw new MoveError(
      isPostgres(to)
        ? "--from and --to are both a Postgres: pg_dump and pg_restore copy one to the other"
        : "--from and --to are both a folder: npm run backup and npm run restore copy one to the other",
    );
  for (const [name, place] of [
    ["--from", from],
    ["--to", to],
  ] as const)
    if (isPostgres(place) && !(URL.canParse(place) && new URL(place).pathname.length > 1))
      throw new MoveError(
        `${name} must be the address of a database, as in postgres://user:password@host:5432/telltale; in user and password write # as %23, / as %2F, ? as %3F and @ as %40`,
      );
  return { from, to };
}

function parse(args: readonly string[]) {
  const [first] = args;
  if (first !== undefined && !first.startsWith("-"))
    throw new MoveError(
      `--to is missing before ${isPostgres(first) ? "the address" : first}: npm run move -- --to PLACE`,
    );
  try {
    return parseArgs({
      args: [...args],
      options: { to: { type: "string" }, from: { type: "string" }, help: { type: "boolean", short: "h" } },
    });
  } catch (error) {
    throw new MoveError(`${(error as Error).message}. npm run move -- --help says what there is`);
  }
}

/** What was moved, and how to start Telltale on it. */
function farewell({ tables, resealed, secretGiven, users }: Moved, { from, to }: Places): string {
  const width = Math.max(0, ...tables.map(({ name }) => name.length));
  const rows = tables.map(
    ({ name, rows, checksum }) =>
      `  ${name.padEnd(width)}  ${rows.toLocaleString("en").padStart(11)} rows  ${checksum.slice(0, 16)}\n`,
  );
  const lines = [...rows, "Moved, and equal: every table has the same rows on both sides.\n"];
  if (users !== undefined)
    lines.push(
      `A Telltale was started on ${isPostgres(from) ? "the old database" : from} meanwhile (${users}): what it stores is not moved.\n`,
    );
  if (isPostgres(to)) {
    const secret = secretGiven
      ? "TELLTALE_SECRET as it is set now"
      : `TELLTALE_SECRET="key:$(cat ${shellWord(path.join(from, "secret"))})"`;
    lines.push(`Start Telltale with DATABASE_URL set to the address of --to and ${secret}.\n`);
    if (!secretGiven)
      lines.push(
        "That is the secret of the data folder: keep it where you keep backups. Without it broker passwords are lost.\n",
      );
  } else {
    lines.push(`Start Telltale without DATABASE_URL and with TELLTALE_DATA=${shellWord(path.resolve(to))}.\n`);
    lines.push("The folder holds the secret: TELLTALE_SECRET is no longer needed, and may stay.\n");
  }
  lines.push(
    resealed
      ? "Broker passwords were encrypted anew with TELLTALE_SECRET. Everyone has to sign in again.\n"
      : "Everyone stays signed in. Nothing was changed in what was moved from.\n",
  );
  return lines.join("");
}

/** To be pasted into a shell. */
const shellWord = (text: string): string => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
