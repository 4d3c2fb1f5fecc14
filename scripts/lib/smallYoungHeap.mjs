/**
 * Loaded before anything else of the server. While its modules are loaded V8 would let the young generation grow to 48 MB, and never
 * give it back: 30 MB more at rest, for nothing. server/index.ts lets it grow again once the server listens.
 */
import { setFlagsFromString } from "node:v8";

setFlagsFromString("--semi-space-growth-factor=1");
