import { Registration } from "../../../../lib/registration";
import { type ConfigTable, sqlOver } from "../access";
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
    const { database, run, write } = access;

    /** One statement for all of them: thousands are added at once from Found. */
    function put(list: readonly Registration[]): void {
      if (list.length === 0) return;
      const version = nextVersion(access);
      let position = nextPosition(access, "registrations");
      const { sql: text } = sql
        .insertInto("registrations")
        .values({ id: "", position, body: "", version })
        .onConflict((c) =>
          c
            .column("id")
            .doUpdateSet((row) => ({ body: row.ref("excluded.body"), version: row.ref("excluded.version") })),
        )
        .compile();
      const statement = database.prepare(text);
      for (const registration of list)
        statement.run(registration.id, position++, JSON.stringify(registration), version);
    }

    return {
      registrations: createRowReader(access, { table: "registrations", id: "id" }, (id, body) =>
        readRow(Registration, "registered topic", id, body),
      ),
      putRegistration: (registration) => write(() => put([registration])),
      putRegistrations: (list) => write(() => put(list)),
      deleteRegistration: (id) => write(() => run(sql.deleteFrom("registrations").where("id", "=", id).compile()) > 0),
    };
  },
};
