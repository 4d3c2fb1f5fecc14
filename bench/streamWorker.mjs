/**
 * One reader of a stream in a process of its own, which notes how late each value is and the longest time without any. A page's
 * socket without a page (`{ start: { url, origin, view, version } }`), or the bare limit: an MQTT.js subscriber (`{ start: { mqtt,
 * filter } }`). Values are ms since `base`, see publisherWorker.mjs. `{ begin: true }` forgets what was noted, `{ count: true }`
 * answers it.
 */
import mqtt from "mqtt";
import { WebSocket } from "ws";

const clock = () => performance.timeOrigin + performance.now();
let base = 0;
let seen = { latencies: [], longestGap: 0 };
let lastAt = clock();

function note(values) {
  const now = clock();
  seen.longestGap = Math.max(seen.longestGap, now - lastAt);
  lastAt = now;
  for (const value of values) seen.latencies.push(now - base - value);
}

/** Engine.IO: 0 open, 2 ping; Socket.IO within its 4: 0 connect, 2 event, 3 ack. */
function openPage({ url, origin, view, version }) {
  const socket = new WebSocket(url, { origin, perMessageDeflate: false });
  socket.on("close", () => process.exit(1));
  socket.on("message", (data) => {
    const text = data.toString();
    if (text[0] === "0") socket.send(`40${JSON.stringify(version)}`);
    else if (text === "2") socket.send("3");
    else if (text.startsWith("40")) socket.send(`420${JSON.stringify(["view:watch", { view }])}`);
    else if (text.startsWith("430")) process.send({ ready: JSON.parse(text.slice(3))[0].ok });
    else if (text.startsWith("42")) {
      const [event, frame] = JSON.parse(text.slice(2));
      if (event === "frame") note(frame.values.map((entry) => entry[1]));
    }
  });
}

function openBare({ mqtt: url, filter }) {
  const client = mqtt.connect(url);
  client.on("message", (_topic, payload) => note([Number(payload.toString())]));
  client.on("connect", () => client.subscribe(filter, () => process.send({ ready: true })));
}

process.on("message", ({ start, begin, count }) => {
  if (start) {
    base = start.base;
    if (start.mqtt) openBare(start);
    else openPage(start);
  }
  if (begin) {
    seen = { latencies: [], longestGap: 0 };
    lastAt = clock();
    process.send({ ready: true });
  }
  // A stream that has stopped altogether has a gap that has not ended.
  if (count) process.send({ ...seen, silentFor: clock() - lastAt });
});
process.on("disconnect", () => process.exit(0));
process.send({ ready: true });
