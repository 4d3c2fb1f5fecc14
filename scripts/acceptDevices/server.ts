import { createServer } from "node:http";
import { pino } from "pino";
import { createTelltale } from "../../server/app";
import { readConfig } from "../../server/config";

/** Telltale without pages, as a process of its own; says on the first line where it is. */
const config = readConfig(process.env);
if (!config.ok) throw new Error(config.error.join("\n"));
const log = pino({ level: config.value.logLevel, base: null }, pino.destination(2));
const telltale = await createTelltale({ ...config.value, port: 0 }, { httpServer: createServer(), log });
const { url } = await telltale.start();
console.log(url.replace("localhost", "127.0.0.1"));
process.once("SIGTERM", () => void telltale.stop().then(() => process.exit(0)));
