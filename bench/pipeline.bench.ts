import { compileRegistration } from "../lib/compile";
import { BrokerId } from "../lib/ids";
import { Registration } from "../lib/registration";
import { inWords } from "../lib/texts/said";
import { filterMatches } from "../lib/topics/match";
import { createTrie } from "../lib/topics/trie";
import { createIngest } from "../server/pipeline/ingest";
import { nanosecondsEach, reportNanoseconds } from "./measure";

/**
 * What the pure part of the data path costs for one message of a plant with 1,000 machines under 50 registrations: match, decode,
 * extract two values. The bare limit is what nobody can do without: parsing the JSON and looking two values up.
 */
const MACHINES = 1000;
const AREAS = 50;
const RUNS = 200_000;

const broker = BrokerId.parse("main");
const topics = Array.from({ length: MACHINES }, (_, i) => `plant/area${i % AREAS}/machine${i}/status`);
const payloads = topics.map((_, i) =>
  Buffer.from(JSON.stringify({ t: 20 + i / 100, h: 40 + (i % 30), ok: true, fw: "1.4.2", rssi: -60 })),
);

const ingest = createIngest();
ingest.replace(
  Array.from({ length: AREAS }, (_, i) => {
    const compiled = compileRegistration(
      Registration.parse({
        id: `area${i}`,
        filter: `plant/area${i}/+/status`,
        values: { temperature: { value: "$.t" }, humidity: { value: "$.h" } },
      }),
    );
    if (!compiled.ok) throw new Error(inWords(compiled.error.message));
    return { compiled: compiled.value, broker, origin: "store" as const };
  }),
);

let sum = 0;
const handle = nanosecondsEach(RUNS, (i) => {
  const n = i % MACHINES;
  sum += ingest.handle(broker, topics[n] as string, payloads[n] as Buffer, i).length;
});
const bare = nanosecondsEach(RUNS, (i) => {
  const { t, h } = JSON.parse((payloads[i % MACHINES] as Buffer).toString("utf8"));
  sum += t + h;
});
reportNanoseconds("match, decode and extract", handle, { what: "JSON.parse and two lookups", ns: bare });

const filters = Array.from({ length: 2000 }, (_, i) => `plant/area${i % AREAS}/machine${i}/#`);
const trie = createTrie<string>();
for (const filter of filters) trie.add(filter, filter);
const byTrie = nanosecondsEach(RUNS, (i) => {
  sum += trie.match(topics[i % MACHINES] as string).length;
});
const oneByOne = nanosecondsEach(RUNS / 1000, (i) => {
  for (const filter of filters) if (filterMatches(filter, topics[i % MACHINES] as string)) sum += 1;
});
reportNanoseconds("trying each of 2,000 filters", oneByOne, { what: "the trie", ns: byTrie });
if (!Number.isFinite(sum)) throw new Error("nothing was measured");
