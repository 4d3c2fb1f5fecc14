import { Registration } from "../../../../lib/registration";
import type { Flow } from "../../flow";
import { type ConfigTable, type Statements, sqlOver } from "../access";
import { nextPosition, nextVersion } from "../changes";
import { createRowReader, readRow } from "../rows";

export interface RegistrationsTable {
  registrations(): Promise<Registration[]>;
  putRegistration(registration: Registration): Promise<void>;
  /** Many at once, in one transaction: all or none. */
  putRegistrations(registrations: readonly Registration[]): Promise<void>;
  deleteRegistration(id: string): Promise<boolean>;
}

const sql = sqlOver<{ registrations: { id: string; position: number; body: string; version: number } }>();

export const registrations: ConfigTable<RegistrationsTable> = {
  open(access) {
    const { write } = access;

    /** One statement for all of them: thousands are added at once from Found. */
    function* put(statements: Statements, list: readonly Registration[]): Flow {
      if (list.length === 0) return;
      const version = yield* nextVersion(statements);
      let position = yield* nextPosition(statements, "registrations");
      // The last of each id: Postgres refuses a statement that changes a row twice.
      const unique = new Map(list.map((registration) => [registration.id, registration]));
      const insert = sql
        .insertInto("registrations")
        .values({ id: "", position, body: "", version })
        .onConflict((c) =>
          c
            .column("id")
            .doUpdateSet((row) => ({ body: row.ref("excluded.body"), version: row.ref("excluded.version") })),
        );
      const rows = [...unique.values()].map((one) => [one.id, position++, JSON.stringify(one), version]);
      yield* statements.insertEach(insert, rows);
      statements.changed("registrations", list.length === 1 ? (list[0]?.id ?? "") : "");
    }

    return {
      registrations: createRowReader(access, { table: "registrations", id: "id" }, (id, body) =>
        readRow(Registration, "registered topic", id, body),
      ),
      putRegistration: (registration) => write((statements) => put(statements, [registration])),
      putRegistrations: (list) => write((statements) => put(statements, list)),
      deleteRegistration: (id) =>
        write(function* ({ run, changed }) {
          changed("registrations", id);
          return (yield* run(sql.deleteFrom("registrations").where("id", "=", id))) > 0;
        }),
    };
  },
};
