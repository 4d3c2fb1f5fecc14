/**
 * Loaded before anything else of the server, for whoever starts it without the flags of serverProcess.mjs, too: V8 takes these at run
 * time, and they save most of what the flags save. server/index.ts lets the young generation grow again, and code be made for speed,
 * once the server listens; with the flags it never grows past 2 MB.
 */
import { setFlagsFromString } from "node:v8";

setFlagsFromString("--semi-space-growth-factor=1");
setFlagsFromString("--optimize-for-size");
