import type Database from "better-sqlite3";
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { z } from "zod";
import { AuditEntry } from "../../../lib/api";
import { Broker, BrokerUrl } from "../../../lib/broker";
import { Command, isInFlight, isUnsettled } from "../../../lib/command";
import { Dashboard } from "../../../lib/dashboard";
import { parseWithCleanNames } from "../../../lib/name";
import { Registration } from "../../../lib/registration";
import type { Steps } from "../../../lib/steps";
import type { CommandRecord, ConfigStore, NewAudit } from "../../ports";
import { inTurns, nextTurn } from "../../turns";
import type { Sealer } from "../sealer";
import type { ConfigTables } from "./tables";

/**
 * An address that an earlier version accepted must not stop the start. Part of a password may stand in it, so that only what is
 * certain to be the host is kept: the broker is offline until an admin enters its address again.
 */
const StoredBroker = Broker.extend({
  url: z.string().transform((url) => {
    if (BrokerUrl.safeParse(url).success) return url;
    const host = !url.includes("@") && URL.canParse(url) ? new URL(url).host : "";
    return `${/^(mqtts?|wss?):/i.exec(url)?.[0] ?? "mqtt:"}//${host || "address-missing.invalid"}`;
  }),
});

/** Writes the SQL; what runs it is the handle, in one turn of the event loop (see `write`). */
const sql = new Kysely<ConfigTables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

const SECRETS = ["password", "key"] as const;
type SecretName = (typeof SECRETS)[number];
const UNREADABLE = Symbol("sealed with another secret");

const BUSY_TRIES = 8;
const BUSY_PAUSE_MS = 10;
/** How long a successful check counts, so that a probe in a loop does not wear the disk. */
const CHECK_VALID_MS = 5000;

const Detail = AuditEntry.shape.detail;

/** The configuration in SQLite. `database` must be open for this store alone. */
export function createSqliteConfigStore(
  database: Database.Database,
  sealer: Sealer,
  now: () => number = Date.now,
): ConfigStore {
  let checkedAt = Number.NEGATIVE_INFINITY;

  const all = <Row>(query: CompiledQuery<Row>): Row[] => database.prepare(query.sql).all(...query.parameters) as Row[];
  const run = (query: CompiledQuery): number => database.prepare(query.sql).run(...query.parameters).changes;

  /**
   * A transaction without an await inside: nothing else of this process can slip in between. When another process holds the
   * lock it is tried again in later turns, since waiting inside SQLite would stop every live tile.
   */
  async function write<T>(work: () => T): Promise<T> {
    const transaction = database.transaction(work);
    for (let attempt = 1; ; attempt++) {
      try {
        return transaction.immediate();
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "SQLITE_BUSY" || attempt === BUSY_TRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE_MS));
      }
    }
  }

  const registrationRows = createRowReader((id, body) => read(Registration, "registered topic", id, body));
  const dashboardRows = createRowReader((id, body) => read(Dashboard, "dashboard", id, body));

  /** A portion of a table's rows by their rowid, which is indexed; their order is that of their positions. */
  const rowsBehind = (table: "registrations" | "dashboards", id: "id" | "slug") => {
    const statement = database.prepare(
      `SELECT rowid AS place, position, ${id} AS id, body FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT ${PORTION}`,
    );
    return (place: number) => statement.all(place) as Row[];
  };

  const nextPosition = (table: "brokers" | "registrations" | "dashboards"): number =>
    all(
      sql
        .selectFrom(table)
        .select((e) => e.fn.coalesce(e.fn.max("position"), e.lit(0)).as("last"))
        .compile(),
    ).map((row) => Number(row.last) + 1)[0] ?? 1;

  /** Inside a transaction. */
  function nextVersion(): number {
    run(
      sql
        .updateTable("change_counter")
        .set((e) => ({ n: e("n", "+", 1) }))
        .compile(),
    );
    return all(sql.selectFrom("change_counter").select("n").compile())[0]?.n ?? 1;
  }

  const insertAudit = (entry: NewAudit) =>
    run(
      sql
        .insertInto("audit")
        .values({ ...entry, detail: JSON.stringify(entry.detail) })
        .compile(),
    );

  const seal = (broker: Broker, field: "password" | "key") =>
    broker[field] === undefined ? null : sealer.seal(broker[field], `broker:${broker.id}:${field}`);

  function open(id: string, name: SecretName, row: { [N in `sealed_${SecretName}`]: string | null }) {
    const sealed = row[`sealed_${name}`];
    if (sealed === null) return undefined;
    const opened = sealer.open(sealed, `broker:${id}:${name}`);
    return opened.ok ? opened.value : UNREADABLE;
  }

  const bit = (set: boolean): 0 | 1 => (set ? 1 : 0);
  const commandRow = (command: Command) => ({ in_flight: bit(isInFlight(command)), body: JSON.stringify(command) });

  /** False: there is one with this id. The point's earlier ones have had their place taken. */
  function insertCommand({ command, userId, address }: CommandRecord): boolean {
    const { id, point, at } = command;
    const row = {
      id,
      point,
      at,
      user_id: userId,
      address,
      unsettled: bit(isUnsettled(command)),
      ...commandRow(command),
    };
    const insert = sql
      .insertInto("commands")
      .values(row)
      .onConflict((c) => c.column("id").doNothing());
    if (run(insert.compile()) === 0) return false;
    const earlier = sql
      .updateTable("commands")
      .set({ unsettled: 0 })
      .where("point", "=", point)
      .where("unsettled", "=", 1);
    run(earlier.where("id", "!=", id).compile());
    return true;
  }

  /** Whether one came to the point after it: then its outcome is no longer shown. */
  const isOvertaken = ({ id, point }: Command): boolean =>
    database
      .prepare("SELECT 1 FROM commands WHERE point = ? AND rowid > (SELECT rowid FROM commands WHERE id = ?) LIMIT 1")
      .get(point, id) !== undefined;

  return {
    async brokers() {
      return all(sql.selectFrom("brokers").selectAll().orderBy("position").compile()).map((row) => {
        const broker = read(StoredBroker, "broker", row.id, row.body);
        const opened = { password: open(row.id, "password", row), key: open(row.id, "key", row) };
        const unreadable = SECRETS.filter((name) => opened[name] === UNREADABLE);
        const secrets = SECRETS.flatMap((name) =>
          typeof opened[name] === "string" ? [[name, opened[name]] as const] : [],
        );
        return { ...broker, ...Object.fromEntries(secrets), ...(unreadable.length > 0 && { unreadable }) };
      });
    },
    putBroker: (broker) =>
      write(() => {
        const { password: _password, key: _key, unreadable = [], ...plain } = broker;
        // What cannot be read stays sealed as it is: the secret of before still opens it.
        const columns = {
          body: JSON.stringify(plain),
          version: nextVersion(),
          ...(!unreadable.includes("password") && { sealed_password: seal(broker, "password") }),
          ...(!unreadable.includes("key") && { sealed_key: seal(broker, "key") }),
        };
        run(
          sql
            .insertInto("brokers")
            .values({ id: broker.id, position: nextPosition("brokers"), ...columns })
            .onConflict((c) => c.column("id").doUpdateSet(columns))
            .compile(),
        );
      }),
    deleteBroker: (id) => write(() => run(sql.deleteFrom("brokers").where("id", "=", id).compile()) > 0),

    registrations: () => registrationRows(rowsBehind("registrations", "id")),
    putRegistration: (registration) => write(() => putRegistrations([registration])),
    putRegistrations: (registrations) => write(() => putRegistrations(registrations)),
    deleteRegistration: (id) => write(() => run(sql.deleteFrom("registrations").where("id", "=", id).compile()) > 0),

    dashboards: () => dashboardRows(rowsBehind("dashboards", "slug")),
    putDashboard: (dashboard) =>
      write(() => {
        const columns = { body: JSON.stringify(dashboard), version: nextVersion() };
        run(
          sql
            .insertInto("dashboards")
            .values({ slug: dashboard.slug, position: nextPosition("dashboards"), ...columns })
            .onConflict((c) => c.column("slug").doUpdateSet(columns))
            .compile(),
        );
      }),
    deleteDashboard: (slug) => write(() => run(sql.deleteFrom("dashboards").where("slug", "=", slug).compile()) > 0),

    async versions() {
      const of = (rows: { key: string; version: number }[]) => new Map(rows.map(({ key, version }) => [key, version]));
      const brokers = of(all(sql.selectFrom("brokers").select(["id as key", "version"]).compile()));
      const dashboards = of(all(sql.selectFrom("dashboards").select(["slug as key", "version"]).compile()));
      await nextTurn();
      const registrations = of(all(sql.selectFrom("registrations").select(["id as key", "version"]).compile()));
      return { brokers, registrations, dashboards };
    },

    async audit({ before, limit, target }) {
      let query = sql.selectFrom("audit").selectAll().orderBy("id", "desc").limit(limit);
      if (before !== undefined) query = query.where("id", "<", before);
      if (target !== undefined) query = query.where("target", "=", target);
      return all(query.compile()).map((row) => ({
        ...row,
        detail: read(Detail, "audit entry", String(row.id), row.detail),
      }));
    },
    appendAudit: (entry) => write(() => void insertAudit(entry)),

    openCommand: (record) =>
      write(() => {
        const { command, userId, address } = record;
        const { id, point, at, by, value, state } = command;
        if (!insertCommand(record)) return "duplicate";
        insertAudit({ at, actor: by, action: "command", target: point, detail: { id, value, state, userId }, address });
        return "opened";
      }),
    addRefusal: (record, audit) =>
      write(() => {
        insertCommand(record);
        insertAudit(audit);
      }),
    dismissCommand: (command, audit) =>
      write(() => {
        const row = { ...commandRow(command), unsettled: 0 as const };
        run(sql.updateTable("commands").set(row).where("id", "=", command.id).compile());
        insertAudit(audit);
      }),
    updateCommand: (command) =>
      write(() => {
        const row = { ...commandRow(command), unsettled: bit(isUnsettled(command) && !isOvertaken(command)) };
        const changed = run(sql.updateTable("commands").set(row).where("id", "=", command.id).compile());
        if (changed === 0) throw new Error(`there is no command ${command.id} to update`);
      }),
    async command(id) {
      const found = sql.selectFrom("commands").select(["user_id", "body"]).where("id", "=", id);
      const [row] = all(found.compile());
      return row && { command: read(Command, "command", id, row.body), userId: row.user_id };
    },
    async unsettledCommands() {
      const unsettled = sql.selectFrom("commands").select(["id", "body"]).where("unsettled", "=", 1).orderBy("at");
      return all(unsettled.compile()).map((row) => read(Command, "command", row.id, row.body));
    },
    async openCommands() {
      const open = sql.selectFrom("commands").select(["id", "body"]).where("in_flight", "=", 1).orderBy("at");
      return all(open.compile()).map((row) => read(Command, "command", row.id, row.body));
    },
    async commandsOf(point, limit) {
      const newest = sql
        .selectFrom("commands")
        .select(["id", "body"])
        .where("point", "=", point)
        .orderBy("at", "desc")
        .limit(limit);
      return all(newest.compile()).map((row) => read(Command, "command", row.id, row.body));
    },

    async setting(key) {
      return all(sql.selectFrom("settings").select("value").where("key", "=", key).compile())[0]?.value;
    },
    putSetting: (key, value) => write(() => putSetting(key, value)),
    async check() {
      if (now() - checkedAt < CHECK_VALID_MS) return;
      checkedAt = Number.NEGATIVE_INFINITY;
      await write(() => putSetting("checked-at", String(now())));
      checkedAt = now();
    },
    async close() {
      database.close();
    },
  };

  /** One statement for all of them: thousands are added at once from Found. */
  function putRegistrations(registrations: readonly Registration[]): void {
    if (registrations.length === 0) return;
    const version = nextVersion();
    let position = nextPosition("registrations");
    const { sql: text } = sql
      .insertInto("registrations")
      .values({ id: "", position, body: "", version })
      .onConflict((c) =>
        c.column("id").doUpdateSet((row) => ({ body: row.ref("excluded.body"), version: row.ref("excluded.version") })),
      )
      .compile();
    const put = database.prepare(text);
    for (const registration of registrations)
      put.run(registration.id, position++, JSON.stringify(registration), version);
  }

  function putSetting(key: string, value: string): void {
    run(
      sql
        .insertInto("settings")
        .values({ key, value })
        .onConflict((c) => c.column("key").doUpdateSet({ value }))
        .compile(),
    );
  }
}

interface Row {
  id: string;
  body: string;
  place: number;
  position: number;
}
/** So many rows are read within a millisecond. */
const PORTION = 500;

/**
 * Parses only the rows whose text changed since the last time; the others are the same objects as before. All rows are read after
 * every change, and 10,000 registrations take a fifth of a second to parse: in short turns, since the catalog makes one change after the
 * other, and none of them is under way while it reads.
 */
function createRowReader<T>(
  parse: (id: string, body: string) => T,
): (rowsBehind: (place: number) => readonly Row[]) => Promise<T[]> {
  interface Known {
    body: string;
    position: number;
    item: T;
  }
  let known = new Map<string, Known>();
  function* reading(rowsBehind: (place: number) => readonly Row[]): Steps<T[]> {
    const next: typeof known = new Map();
    let place = Number.MIN_SAFE_INTEGER;
    for (let rows = rowsBehind(place); rows.length > 0; rows = rowsBehind(place))
      for (const row of rows) {
        const { id, body, position } = row;
        const old = known.get(id);
        const same = old?.body === body && old.position === position;
        next.set(id, same ? old : { body, position, item: old?.body === body ? old.item : parse(id, body) });
        place = row.place;
        yield;
      }
    known = next;
    return [...next.values()].sort((a, b) => a.position - b.position).map(({ item }) => item);
  }
  return (rowsBehind) => inTurns(reading(rowsBehind));
}

/** A row that does not fit its schema was not written by this program: it is told, never skipped. */
function read<S extends z.ZodType>(schema: S, what: string, id: string, json: string): z.output<S> {
  let body: unknown;
  try {
    body = JSON.parse(json);
  } catch (error) {
    throw new Error(`the ${what} "${id}" in config.db is not JSON: ${(error as Error).message}`);
  }
  const parsed = parseWithCleanNames(schema, body);
  if (parsed.success) return parsed.data;
  throw new Error(`the ${what} "${id}" in config.db cannot be read: ${z.prettifyError(parsed.error)}`);
}
