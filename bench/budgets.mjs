/**
 * The table of budgets: what Telltale may cost, and the only place where a limit is written. A row of a benchmark names its entry;
 * RESULTS.md repeats the clauses. `most` and `least` are of the value, `ratio` is the most of value / bare limit of the same run.
 * Absolute figures are for two cores. A budget that is not held is reported as NO, never widened.
 */
const TILE = "Broker to tile text, 50 tiles at 10 and 100 msg/s";
const SOCKET = "The same at a socket without a browser, messages at random moments";
const PAGE = "Page's main thread (CPU time), 50 tiles";
const TILES_200 = "200 tiles at 2,000 msg/s";
const TILES_500 = "500 tiles at 10,000 msg/s";
const TABLET = "200 mixed tiles on a CPU six times slower";
const EVERYTHING = "Everything with 10,000 points";
const SERVER = "Server CPU without a viewer, history and discovery on, all threads";
const FLOOD = "Flood of 100,000 msg/s for 10 s";
const PHONE = "A dashboard on an emulated phone (CPU four times slower, 1.6 Mbit/s, 150 ms)";
const MEMORY = "Memory, RSS of the server alone";
const CHART = "24 h chart of a point with a reading a second, 1,000 px";
const SOAK = "Soak, 50 msg/s for 60 min and 2,000 msg/s for 30 min, a page open";
const HOSTILE = "One hostile message, document or request";
const EXPLORER = "Explorer with 10,000 topics at 5,000 msg/s";
const HISTORY = "History";
const CLUSTER = "Several nodes, 1,000 msg/s, half of them QoS 0";
const MOVE = "Moving the demo house with ten million readings, each way";

/** @typedef {{ clause: string, most?: number, least?: number, ratio?: number }} Budget */

export const BUDGETS = {
  tileP50: { clause: `${TILE}: p50 ≤ 2.5 ms`, most: 2.5 },
  tileP95: { clause: `${TILE}: p95 ≤ 6 ms`, most: 6 },
  tileP99: { clause: `${TILE}: p99 ≤ 10 ms`, most: 10 },
  socketP50: { clause: `${SOCKET}: p50 ≤ 2.5 ms`, most: 2.5 },
  socketP95: { clause: `${SOCKET}: p95 ≤ 6 ms`, most: 6 },
  socketP99: { clause: `${SOCKET}: p99 ≤ 6 ms`, most: 6 },
  pageAtRest: { clause: `${PAGE}: at rest ≤ 1 %`, most: 1 },
  pageAt10: { clause: `${PAGE}: at 10 msg/s ≤ 4 %`, most: 4 },
  pageAt10Ratio: { clause: `${PAGE}: at 10 msg/s ≤ 2 × a bare page`, ratio: 2 },
  pageAt100Ratio: { clause: `${PAGE}: at 100 msg/s ≤ 1.4 × a bare page`, ratio: 1.4 },
  tiles200P99: { clause: `${TILES_200}: p99 ≤ 40 ms`, most: 40 },
  tiles200Busy: { clause: `${TILES_200}: page ≤ 25 % busy`, most: 25 },
  tiles500P99: { clause: `${TILES_500}: p99 ≤ 120 ms`, most: 120 },
  tiles500Busy: { clause: `${TILES_500}: page ≤ 40 % busy`, most: 40 },
  tiles500Task: { clause: `${TILES_500}: no task > 50 ms`, most: 50 },
  lastValues: { clause: "Every tile shows its last value, at every rate", most: 0 },
  tabletBusy: { clause: `${TABLET}: ≤ 30 % busy`, most: 30 },
  tabletFrames: { clause: `${TABLET}: ≥ 50 frames a second while scrolling`, least: 50 },
  tabletHydration: { clause: `${TABLET}: no task > 500 ms while hydrating`, most: 500 },
  everythingHtml: { clause: `${EVERYTHING}: HTML ≤ 300 kB`, most: 300 },
  everythingFirst: { clause: `${EVERYTHING}: first value ≤ 1.5 s`, most: 1.5 },
  everythingPause: { clause: `${EVERYTHING}: no pause of other viewers' frames > 50 ms`, most: 50 },
  serverMessage: { clause: `${SERVER}: per message ≤ 1.6 × a bare MQTT.js subscriber that only counts`, ratio: 1.6 },
  serverAtRest: { clause: `${SERVER}: at rest ≤ 5 ms/s`, most: 5 },
  postgresMessage: { clause: `${SERVER}: per message over Postgres ≤ 1.5 × over SQLite`, ratio: 1.5 },
  viewerMessage: { clause: "Server CPU per viewer and message, 200 viewers × 500 msg/s: ≤ 0.5 µs", most: 0.5 },
  floodMemory: { clause: `${FLOOD}: RSS < 400 MB`, most: 400 },
  floodCounted: { clause: `${FLOOD}: received = stored + counted drops`, most: 0 },
  floodBack: { clause: `${FLOOD}: live again ≤ 1 s after`, most: 1 },
  phoneFirst: { clause: `${PHONE}: first value ≤ 1.0 s`, most: 1000 },
  phoneScript: { clause: `${PHONE}: JavaScript ≤ 180 kB gzipped`, most: 180 },
  memoryAtRest: { clause: `${MEMORY}: at rest ≤ 130 MB`, most: 130 },
  memoryPages: { clause: `${MEMORY}: after 20 pages ≤ 150 MB`, most: 150 },
  memoryPoints: { clause: `${MEMORY}: with 10,000 points ≤ 220 MB`, most: 220 },
  startLive: { clause: "Start with 10,000 registrations: every one live ≤ 2 s after ready", most: 2 },
  chartServer: { clause: `${CHART}: ≤ 30 ms in the server`, most: 30 },
  chartBytes: { clause: `${CHART}: ≤ 100 kB`, most: 100 },
  chartsBusy: { clause: `Eight live charts of 24 h on a page: ≤ 5 % busy`, most: 5 },
  hostile: { clause: `${HOSTILE}: event loop held ≤ 50 ms`, most: 50 },
  soakHeap: { clause: `${SOAK}: page heap ≤ +1 MB an hour`, most: 1 },
  // Flat: what is left of the noise of an hour.
  soakMemory: { clause: `${SOAK}: server RSS flat after the first 10 min (≤ +5 MB an hour)`, most: 5 },
  explorerBusy: { clause: `${EXPLORER}: page ≤ 35 % busy`, most: 35 },
  explorerScroll: { clause: `${EXPLORER}: page ≤ 60 % busy while scrolling`, most: 60 },
  explorerTask: { clause: `${EXPLORER}: no task > 50 ms`, most: 50 },
  readingBytes: { clause: `${HISTORY}: ≤ 6 bytes a reading, roll-ups and all`, most: 6 },
  longChart: {
    clause: `${HISTORY}: a chart of 30 d or a year of a reading a second ≤ 150 ms in the server`,
    most: 150,
  },
  postgresBytes: { clause: `${HISTORY} on Postgres: ≤ 3 bytes a reading, roll-ups and all`, most: 3 },
  postgresChart: { clause: `${HISTORY} on Postgres: a chart over ten million readings ≤ 3 × SQLite's`, ratio: 3 },
  moveMemory: { clause: `${MOVE}: RSS ≤ 300 MB`, most: 300 },
  moveEqual: { clause: `${MOVE}: no chart and no page of readings differs`, most: 0 },
  clusterWhole: {
    clause: `${CLUSTER}: recorder killed 20 times, stopped for 20 s, a NATS server, Postgres or all nodes killed: 0 readings lost without a gap, stored twice or out of order`,
    most: 0,
  },
  clusterTimes: { clause: `${CLUSTER}: no stored time is off by more than 500 ms`, most: 500 },
  clusterNext: { clause: `${CLUSTER}: the next recorder ≤ 4 s after its death`, most: 4000 },
  clusterPause: { clause: `${CLUSTER}: longest pause for viewers ≤ 5 s`, most: 5000 },
  clusterZombie: { clause: `${CLUSTER}: 0 readings stored by a recorder that was stopped and wakes`, most: 0 },
  clusterCommands: {
    clause:
      "Several nodes: 300 races for one point, and a node killed before it publishes: each command is sent once or never",
    most: 0,
  },
  clusterUnknown: { clause: "Several nodes: a dead node's command is unknown ≤ 5 s after its death", most: 5000 },
  longChartBytes: { clause: `${HISTORY}: a chart of 30 d or a year ≤ 100 kB`, most: 100 },
};

/** Measured only when named, since they take an hour (soak) or a quarter of one (cluster). @type {readonly string[]} */
export const APART_BUDGETS = [
  "soakHeap",
  "soakMemory",
  ...Object.keys(BUDGETS).filter((name) => name.startsWith("cluster")),
];

/** Whether a row keeps its budget; undefined where it has none. @param {{ value: number, ratio?: number, budget?: string }} row */
export function keepsBudget({ value, ratio, budget }) {
  if (budget === undefined) return undefined;
  const { most, least, ratio: mostRatio } = BUDGETS[budget];
  // JSON has no NaN: what could not be measured is null.
  if (typeof (mostRatio === undefined ? value : ratio) !== "number") return false;
  if (most !== undefined) return value <= most;
  if (least !== undefined) return value >= least;
  return ratio <= mostRatio;
}

/** The limit in short. @param {string} name */
export function limitText(name) {
  const { most, least, ratio } = BUDGETS[name];
  if (most !== undefined) return `≤ ${most}`;
  return least !== undefined ? `≥ ${least}` : `≤ ${ratio} ×`;
}
