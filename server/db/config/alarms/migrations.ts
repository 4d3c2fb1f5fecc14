import type { ConfigTable } from "../access";

const name = "alarms";

/** `change` numbers the changes of rules and alarms in the order of their commits, so that other processes read only what is new. */
const tables = (number: "INTEGER" | "BIGINT", id: string, end: string) => `
  CREATE TABLE alarm_rules (
    id TEXT PRIMARY KEY, position ${number} NOT NULL, body TEXT NOT NULL, version ${number} NOT NULL
  ) ${end};
  CREATE TABLE alarms (
    rule TEXT NOT NULL, subject TEXT NOT NULL, change ${number} NOT NULL, body TEXT NOT NULL, PRIMARY KEY (rule, subject)
  ) ${end};
  CREATE INDEX alarms_change ON alarms (change);
  CREATE TABLE alarm_journal (
    ${id}, at ${number} NOT NULL, alarm TEXT NOT NULL, rule TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL
  ) ${end};
  CREATE TABLE alarm_changes (id ${number} PRIMARY KEY, n ${number} NOT NULL) ${end};
  INSERT INTO alarm_changes (id, n) VALUES (1, 0);
`;

export const alarmMigrations: ConfigTable<unknown>["migrations"] = {
  sqlite: [{ number: 7, name, sql: tables("INTEGER", "id INTEGER PRIMARY KEY AUTOINCREMENT", "STRICT") }],
  postgres: [
    { number: 8, name, expands: true, sql: tables("BIGINT", "id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "") },
  ],
};
