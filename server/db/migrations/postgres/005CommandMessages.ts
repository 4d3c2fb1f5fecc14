import type { Migration } from "..";

/** What the commands of the last moments say on the wire: on MQTT 3.1.1 nothing else tells another node that a message is a command. */
export const commandMessages: Migration = {
  number: 5,
  name: "messages of commands",
  expands: true,
  sql: `
    CREATE TABLE command_messages (
      command TEXT PRIMARY KEY,
      process TEXT NOT NULL,
      hash TEXT NOT NULL,
      at TIMESTAMPTZ NOT NULL
    );
    CREATE INDEX command_messages_hash ON command_messages (hash);
  `,
};
