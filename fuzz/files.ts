import { ok } from "../lib/result";
import { parseConfigFile } from "../server/configFile/parseConfigFile";
import { CsvFault, CsvReader } from "../server/http/csv";
import { type Shape, TEXTS } from "./shapes";
import type { Target } from "./target";

const CSV: readonly Shape<string>[] = [",", '"', '""', "a,", ",\n", "\n", '"a",', '"\n"', "a,b,1\n"].map((unit) => ({
  name: `rows of ${JSON.stringify(unit)}`,
  make: (size) => unit.repeat(Math.floor(size / unit.length)),
}));
/** A chunk of an upload. */
const CHUNK = 64 * 1024;
/** telltale.yaml is read in a thread of its own once the server runs. */
const OFF_LOOP = 5000;

/** What people upload, and what they write by hand. */
export const fileTargets = (): Target<string>[] => [
  {
    name: "a chunk of CSV",
    shapes: [...TEXTS, ...CSV],
    limit: CHUNK,
    read(text) {
      try {
        // One by one, as the import takes them.
        let cells = 0;
        for (const row of new CsvReader().feed(text)) cells += row.cells.length;
        return cells;
      } catch (error) {
        if (!(error instanceof CsvFault)) throw error;
        return undefined;
      }
    },
  },
  {
    name: "telltale.yaml",
    shapes: TEXTS,
    limit: CHUNK,
    budget: OFF_LOOP,
    read: (text) => parseConfigFile(text, { env: {}, readPem: () => ok(""), otherBrokers: new Set() }),
  },
];
