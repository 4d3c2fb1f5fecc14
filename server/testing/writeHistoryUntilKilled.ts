import { PointId } from "../../lib/ids";
import { systemClock } from "../clock";
import { openHistory } from "../db/sqlite/openHistory";

/**
 * Writes 5,000 readings a second to the history in argv[2] until it is killed, packing them all the while: the values 0, 1, 2, …
 * dealt to 50 points named after argv[3]. Prints `<how many were appended until now> <epoch ms>` every ten milliseconds.
 */
const [dataDir = "", run = ""] = process.argv.slice(2);
const EVER = { raw: 1e15, "1m": 1e15, "15m": 1e15, "6h": 1e15 };
const log = { debug() {}, info() {}, warn: console.error, error: console.error };
const opened = await openHistory({ dataDir, log, clock: systemClock });
if (!opened.ok) throw new Error(opened.error);
const history = opened.value;

const points = Array.from({ length: 50 }, (_, i) => PointId.parse(`${run}p${i}`));
let appended = 0;
const began = Date.now();
setInterval(() => {
  const due = (Date.now() - began) * 5;
  for (; appended < due; appended++)
    history.append({ point: points[appended % 50] as PointId, at: Date.now(), value: appended });
  process.stdout.write(`${appended} ${Date.now()}\n`);
}, 10);
for (;;) {
  await history.tend({ now: Date.now() + 7_200_000, keep: {}, otherwise: EVER });
  await new Promise((resolve) => setTimeout(resolve, 20));
}
