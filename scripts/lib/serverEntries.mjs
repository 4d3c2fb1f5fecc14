import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT } from "./root.mjs";

/** The server, what `npm run move` runs, and every worker thread beside it: any file under server/ named somethingWorker.ts becomes somethingWorker.js. */
export function serverEntries() {
  const workers = readdirSync(join(ROOT, "server"), { recursive: true })
    .map((path) => String(path).replaceAll("\\", "/"))
    .filter((path) => path.endsWith("Worker.ts"));
  return [
    { in: "server/index.ts", out: "server" },
    { in: "server/move/index.ts", out: "move" },
    ...workers.map((path) => ({ in: `server/${path}`, out: basename(path, ".ts") })),
  ];
}
