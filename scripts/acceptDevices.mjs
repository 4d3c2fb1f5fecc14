import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { tsImport } from "tsx/esm/api";
import { addConventions, compareSource, conventionLines, valuesToSend, wantedOf } from "./acceptDevices/facts.mjs";
import { proposalsFor } from "./acceptDevices/proposals.mjs";
import { openTestBed, settle } from "./acceptDevices/testBed.mjs";

// npm run accept:devices -- DIR [SOURCE…] [--quiet] [--rate N]: every source on a broker and a Telltale of its own, asked by the API.
const words = process.argv.slice(2);
const rateAt = words.indexOf("--rate");
const rate = rateAt === -1 ? 100 : Number(words.splice(rateAt, 2)[1]);
const quiet = words.includes("--quiet");
const [dir, ...only] = words.filter((word) => !word.startsWith("--"));
if (!dir || !(rate > 0)) {
  console.error("Usage: npm run accept:devices -- DIR [SOURCE...] [--quiet] [--rate messages-per-second]");
  process.exit(2);
}
const folder = resolve(process.env.INIT_CWD ?? ".", dir);
const { apiPoints } = await tsImport("./acceptDevices/online.ts", import.meta.url);
const { siblingTopics } = await tsImport("../lib/explorer/rows.ts", import.meta.url);
const { createTopicTree } = await tsImport("../lib/explorer/tree.ts", import.meta.url);
const { filterMatches } = await tsImport("../lib/topics/match.ts", import.meta.url);
const explorer = new URL("../lib/explorer/propose.ts", import.meta.url);
const propose = existsSync(explorer) ? (await tsImport(explorer.href, import.meta.url)).proposeRegistrations : () => [];

/** Announcements are retained, and what they announce speaks later; a recording does not keep the pauses. */
const ANNOUNCED_MS = 40;
/** A few messages that tell a whole life, birth to death, are not told in a blink. */
const SHORTEST_MS = 5000;
const SLOWEST_MS = 150;
const SUBSCRIBED = { forMs: 400, withinMs: 5000 };

/** A command that is not answered is in flight for five seconds, and a point takes one at a time. */
const COMMAND_GAP_MS = 210;
const ROUND_MS = 5500;

const total = { right: 0, wrong: 0, missing: 0 };
const conventions = new Map();
const sources = readdirSync(folder)
  .filter((name) => name.endsWith(".expected.json"))
  .map((name) => basename(name, ".expected.json"))
  .filter((name) => only.length === 0 || only.includes(name));
for (const source of sources) {
  const { expected } = JSON.parse(readFileSync(join(folder, `${source}.expected.json`), "utf8"));
  const messages = readFileSync(join(folder, `${source}.jsonl`), "utf8")
    .split("\n")
    .filter(Boolean)
    .map(readLine);
  const { tally, points, devices, sent } = await judge(expected, messages);
  console.log(
    `${source}: right ${tally.right}, wrong ${tally.wrong}, missing ${tally.missing}  (${devices} devices, ${points} points, ${sent} commands seen on the broker)`,
  );
  if (!quiet) for (const line of tally.lines) console.log(line);
  addConventions(conventions, tally.conventions);
  for (const key of Object.keys(total)) total[key] += tally[key];
}
console.log("Facts by convention:");
for (const line of conventionLines(conventions)) console.log(line);
console.log(`right ${total.right}, wrong ${total.wrong}, missing ${total.missing}`);

function readLine(line) {
  const { topic, payload, payload_b64, qos, retain } = JSON.parse(line);
  const bytes = payload_b64 === undefined ? Buffer.from(payload ?? "") : Buffer.from(payload_b64, "base64");
  return { topic, bytes, qos: qos ?? 0, retain: retain === true };
}

async function judge(expected, messages) {
  const bed = await openTestBed();
  try {
    await replay(bed, messages);
    await proposeRest(bed, expected, messages);
    const points = await bed.must("GET", "/points");
    const registrations = await bed.must("GET", "/registrations");
    const found = await bed.must("GET", "/found");
    const past = new Map();
    if (expected.some((want) => /history$/.test(want.kind)))
      for (const { id } of points) {
        const path = `/points/${encodeURIComponent(id)}/readings?limit=10000`;
        past.set(id, (await bed.must("GET", path)).value);
      }
    const asked = apiPoints(points, registrations, found, past, () => undefined);
    await wakeUp(bed, asked, messages);
    const seen = await command(bed, expected, asked);
    const sent = (point, value) => seen.get(`${point} ${JSON.stringify(value)}`);
    const last = new Map(messages.map((message) => [message.topic, message.bytes.toString()]));
    const shown = apiPoints(points, registrations, found, past, sent);
    const tally = compareSource(expected, shown, (topic) => last.get(topic), filterMatches);
    return { tally, points: points.length, devices: found.length, sent: seen.size };
  } finally {
    await bed.close();
  }
}

/**
 * At a pace at which devices speak. Who announced itself gives its listener the time to subscribe, however busy the machine is: what is
 * said once and not retained would be lost.
 */
async function replay(bed, messages) {
  const known = async () => [await bed.must("GET", "/registrations"), await bed.must("GET", "/points")];
  let announced = false;
  for (const { topic, bytes, qos, retain } of messages) {
    if (announced && !retain) await settle(known, SUBSCRIBED);
    announced = retain;
    await bed.devices.publishAsync(topic, bytes, { qos: Math.max(qos, 1), retain });
    await pause(Math.max(1000 / rate, retain ? ANNOUNCED_MS : 0, Math.min(SLOWEST_MS, SHORTEST_MS / messages.length)));
  }
  await settle(async () => [await bed.must("GET", "/discovery"), await bed.must("GET", "/points")]);
}

/** What does not describe itself is registered as the explorer proposes for its topic; then it speaks once more. */
async function proposeRest(bed, expected, messages) {
  const topics = new Set((await bed.must("GET", "/points")).map(({ topic }) => topic));
  const tree = createTopicTree(0);
  for (const { topic, bytes, retain } of messages) tree.hear(topic, bytes, retain, 0);
  const rest = new Set(expected.filter((want) => want.topic && want.kind !== "absent").map((want) => want.topic));
  for (const topic of rest) {
    const payloads = messages.filter((one) => one.topic === topic).map(({ bytes }) => bytes);
    if (topics.has(topic) || payloads.length === 0) {
      rest.delete(topic);
      continue;
    }
    const proposals = proposalsFor(propose, topic, payloads, siblingTopics(tree, topic), wantedOf(expected, topic));
    if (proposals.length === 0) rest.delete(topic);
    for (const { registration } of proposals) await bed.api("POST", "/registrations", registration);
  }
  if (rest.size === 0) return;
  await settle(async () => bed.must("GET", "/points"));
  await replay(
    bed,
    messages.filter(({ topic }) => rest.has(topic)),
  );
}

/** A device that ended off-line takes no command: all is judged by now, so it may come back, with its own words. */
async function wakeUp(bed, points, messages) {
  const said = new Map();
  for (const { availability } of points)
    for (const { filter, read } of availability)
      for (const message of messages)
        if (message.topic === filter && read(message.bytes.toString()) === "online") said.set(filter, message);
  const births = messages.filter(({ topic }) => /^spBv1\.0\/[^/]+\/[ND]BIRTH\//.test(topic));
  for (const { topic, bytes, retain } of [...said.values(), ...births])
    await bed.devices.publishAsync(topic, bytes, { qos: 1, retain });
  await settle(() => bed.must("GET", "/points"));
}

/** Asks for every command that something is expected of, by the API, and listens for what comes out on the broker. */
async function command(bed, expected, points) {
  const rounds = [[], []];
  for (const { point, values } of valuesToSend(expected, points, filterMatches))
    for (const [i, value] of values.entries()) rounds[i]?.push({ point, value });
  const seen = new Map();
  if (rounds[0].length === 0) return seen;
  await bed.devices.subscribeAsync("#", { qos: 0 });
  await pause(300);
  for (const [i, round] of rounds.entries()) {
    if (i > 0 && round.length) await pause(ROUND_MS);
    for (const { point, value } of round) {
      bed.heard.length = 0;
      const path = `/points/${encodeURIComponent(point)}/commands`;
      const answer = await bed.api("POST", path, { value, confirmed: true });
      if (answer.status < 300) {
        const until = Date.now() + 1000;
        while (bed.heard.length === 0 && Date.now() < until) await pause(5);
        const [first] = bed.heard;
        if (first) seen.set(`${point} ${JSON.stringify(value)}`, first);
      } else if (!quiet) console.log(`  not sent: ${point}: ${answer.body?.detail}`);
      await pause(COMMAND_GAP_MS);
    }
  }
  return seen;
}
