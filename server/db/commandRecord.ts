import { randomUUID } from "node:crypto";
import { Command } from "../../lib/command";
import type { CommandRecord } from "../ports";

/** A command that was sent, for tests of stores. */
export function commandRecord(more: object = {}): CommandRecord {
  const sent = { id: randomUUID(), point: "pump", value: true, by: "alex", at: 1000, state: "sent", ...more };
  return { command: Command.parse(sent), userId: "u1", address: "192.0.2.7" };
}
