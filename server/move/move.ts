import { createHash } from "node:crypto";
import { z } from "zod";
import { type Compared, compareAll } from "./compare";
import { copyAll } from "./copy";
import { type Ends, openEnds } from "./ends";
import { PARTS } from "./postgresSide";
import { chooseSecrets, type Secrets, sealedCells } from "./secrets";
import { keyOf, MoveError, type Side } from "./side";
import { isOurs, type Plan, planMove } from "./tables";
import type { Teller } from "./teller";
import type { Row } from "./values";

export interface MoveOptions {
  /** A data folder or the URL of a Postgres; the other one is `to`. */
  from: string;
  to: string;
  /** TELLTALE_SECRET. */
  secret: string | undefined;
  tell: Teller;
}

export interface Moved {
  tables: readonly Compared[];
  /** Whether broker passwords were sealed anew, and everyone has to sign in again. */
  resealed: boolean;
  secretGiven: boolean;
  /** Telltales that were started on the source meanwhile: what they store is not in the target. */
  users?: string;
}

/** What a move was begun with: another one begins anew. */
const Identity = z.object({ from: z.string(), stamp: z.string(), shape: z.string(), secret: z.string() });
type Identity = z.infer<typeof Identity>;

/** Moves a whole installation. Rejects with MoveError or Stopped; what has arrived then is kept, and the next call goes on behind it. */
export async function move(options: MoveOptions): Promise<Moved> {
  const ends = await openEnds(options);
  try {
    return await moveBetween(ends, options);
  } finally {
    await ends.close();
  }
}

async function moveBetween(ends: Ends, { secret, tell }: MoveOptions): Promise<Moved> {
  const { source, target, folder } = ends;
  const secrets = await secretsOf(source, { given: secret, folder: source.kind === "sqlite" ? folder : undefined });
  ends.secretFile(secrets.file);
  const identity: Identity = {
    from: source.label,
    stamp: source.stamp,
    shape: JSON.stringify(Object.values(PARTS).map((migrations) => migrations.at(-1)?.number)),
    secret: createHash("sha256").update(secrets.to.derive("move")).digest("hex"),
  };
  let notes = await target.notes();
  const begun = notes && judge(notes, identity, target.label);
  if (!notes || begun?.again !== undefined) {
    const tables = await source.shapes();
    await target.prepare(JSON.stringify(identity), (name) => isOurs(name, tables));
    notes = await target.notes();
  }
  const plan = await planOf(source, target);
  const parts = { source, target, plan, secrets };
  const resumed = begun !== undefined && begun.again === undefined;
  tell.begin({
    from: source.label,
    to: target.label,
    total: await totalOf(source, plan),
    resumed,
    ...(begun?.again !== undefined && { again: begun.again }),
    left: await leftOf(source, plan),
    strange: plan.strange,
  });
  let tables: readonly Compared[] = [];
  if (!notes?.has("verified")) {
    try {
      await copyAll(parts, notes ?? new Map(), tell);
      tables = await compareAll(parts, tell);
    } catch (error) {
      if (!resumed || !isConflict(error)) throw error;
      await target.note({ name: "failed", value: "1" });
      throw new MoveError(CHANGED);
    }
    const different = tables.filter(({ same }) => !same);
    if (different.length > 0) {
      await target.note({ name: "failed", value: "1" });
      throw new MoveError(`${different.map(({ name }) => name).join(", ")} did not arrive as expected. ${CHANGED}`);
    }
    await target.note({ name: "verified", value: "1" });
  }
  await target.finish();
  const users = await source.users({ leaving: false });
  return { tables, resealed: !secrets.same, secretGiven: secrets.given, ...(users !== undefined && { users }) };
}

const CHANGED =
  "The source has changed since the move began. See that no Telltale runs on it, and run the same command again: it begins anew";

/** Rows that exclude one another: some are of before a change of the source. */
const isConflict = (error: unknown): boolean => {
  const { code = "" } = error as { code?: string };
  return code.startsWith("SQLITE_CONSTRAINT") || code.startsWith("23");
};

/** Whether an unfinished move can go on; else why it begins anew. */
function judge(notes: ReadonlyMap<string, string>, now: Identity, target: string): { again?: string } {
  const text = notes.get("identity");
  if (text === undefined) return { again: "it had not begun to copy" };
  const before = Identity.parse(JSON.parse(text));
  if (before.from !== now.from)
    throw new MoveError(
      `${target} holds an unfinished move from ${before.from}: go on with --from ${before.from}, or name another target`,
    );
  if (notes.has("failed")) return { again: "what had arrived was not equal" };
  if (before.stamp !== now.stamp) return { again: "the source has changed since" };
  if (before.shape !== now.shape) return { again: "it was begun by another version of Telltale" };
  if (before.secret !== now.secret) return { again: "it was begun with another secret" };
  return {};
}

/** Out of the schemas of both. */
async function planOf(source: Side, target: Side): Promise<Plan> {
  const shapes = await Promise.all([source, target].map((side) => side.shapes()));
  const [sqlite = [], postgres = []] = source.kind === "sqlite" ? shapes : shapes.toReversed();
  const plan = planMove(sqlite, postgres);
  if (plan.faults.length > 0)
    throw new MoveError(
      `${source.label} and ${target.label} have tables of different shapes (${plan.faults.join("; ")}). Start this version of Telltale on ${source.label} once, stop it, and move then`,
    );
  return plan;
}

async function leftOf(source: Side, { left }: Plan): Promise<string[]> {
  const sentences: string[] = [];
  for (const { table, why } of left.filter((one) => one.in === source.kind)) {
    const { rows } = await source.size(table);
    if (rows > 0) sentences.push(`${table.name} (rows: ${rows}): ${why}`);
  }
  return sentences;
}

async function totalOf(source: Side, { tables, loose }: Plan) {
  const total = { rows: 0, bytes: 0 };
  for (const table of [...tables, loose[source.kind]]) {
    const { rows, bytes } = await source.size(table);
    total.rows += rows;
    total.bytes += bytes;
  }
  return total;
}

/** By the source's settings, in which one text is sealed for this. */
async function secretsOf(
  source: Side,
  options: { given: string | undefined; folder: string | undefined },
): Promise<Secrets> {
  const shape = (await source.shapes()).find(({ name }) => name === "settings");
  if (!shape) throw new MoveError(`${source.label} has no table settings`);
  const columns = shape.columns
    .filter(({ name }) => name !== "rowid")
    .map(({ name, type }) => ({ name, kind: "text" as const, sqliteType: type, postgresType: type }));
  const settings = { name: "settings", columns, key: shape.key };
  const sealed: { text: string; context: string }[] = [];
  let page = await source.page(settings, undefined);
  while (page.length > 0) {
    for (const row of page)
      for (const { at, context } of sealedCells(settings, row)) sealed.push({ text: String(row[at]), context });
    page = await source.page(settings, keyOf(settings, page.at(-1) as Row));
  }
  return chooseSecrets({
    ...options,
    opensNote: (box) =>
      sealed.length === 0 ? undefined : sealed.every(({ text, context }) => box.open(text, context).ok),
  });
}
