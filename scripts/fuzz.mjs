/** `npm run fuzz [-- --seconds 60 --seed N]`: random hostile input for everything that reads what strangers send; prints its seed. */
import { parseArgs } from "node:util";
import { tsImport } from "tsx/esm/api";
import { requireNode } from "./lib/nodeVersion.mjs";

requireNode();
const { values } = parseArgs({ options: { seconds: { type: "string", default: "60" }, seed: { type: "string" } } });
const seconds = Number(values.seconds);
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
if (!(seconds > 0) || !Number.isInteger(seed)) {
  console.error("npm run fuzz -- --seconds 60 --seed 1: both are numbers, and the seed is a whole one.");
  process.exit(1);
}
const { fuzz } = await tsImport("../fuzz/fuzz.ts", import.meta.url);
console.log(`Fuzzing for ${seconds} s with the seed ${seed}.`);
const { tried, fault } = await fuzz(seconds, seed);
console.log(fault ? `FAILED after ${tried} inputs: ${fault}` : `${tried} inputs, none took too long.`);
process.exit(fault ? 1 : 0);
