import { randomUUID } from "node:crypto";
import { Command } from "../../lib/command";
import { PointId } from "../../lib/ids";
import { systemClock } from "../clock";
import { openConfigDatabase } from "../db/openConfigDatabase";
import { openHistory } from "../db/sqlite/openHistory";

/**
 * Writes commands and readings to the directory in argv[2] until it is killed. For each command whose promise has resolved it
 * prints `command <id>`, and now and then `readings <how many were appended until now> <epoch ms>`.
 */
const dataDir = process.argv[2] as string;
const log = { debug() {}, info() {}, warn: console.error, error: console.error };
const config = await openConfigDatabase({
  dataDir,
  sealer: { seal: (plain) => plain, open: (value) => ({ ok: true, value }) },
});
const history = await openHistory({ dataDir, log, clock: systemClock });
if (!config.ok || !history.ok) throw new Error("not opened");

const point = PointId.parse("pump");
let appended = 0;
setInterval(() => {
  for (let i = 0; i < 20; i++) history.value.append({ point, at: Date.now(), value: appended++ });
  process.stdout.write(`readings ${appended} ${Date.now()}\n`);
}, 10);
for (;;) {
  const command = { id: randomUUID(), point, value: true, by: "alex", at: Date.now(), state: "sent" };
  await config.value.store.openCommand({ command: Command.parse(command), userId: "u", address: null });
  process.stdout.write(`command ${command.id}\n`);
  await new Promise((resolve) => setTimeout(resolve, 5));
}
