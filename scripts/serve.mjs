/** Starts what was built, and nothing else: for containers and service managers. `npm start` also installs and builds. */
import "./lib/smallYoungHeap.mjs";
import { productionEnv } from "./lib/productionEnv.mjs";
import { ROOT } from "./lib/root.mjs";
import { stopWithStarter } from "./lib/serverProcess.mjs";

process.chdir(ROOT);
Object.assign(process.env, productionEnv());
stopWithStarter();
await import("../dist/server.js");
