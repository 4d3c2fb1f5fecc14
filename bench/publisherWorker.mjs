/**
 * The devices of a benchmark, in a process of their own: QoS 0 publishes at a steady rate over one plain socket, packets written by
 * hand, so that the publisher costs next to nothing beside what is measured. Each value is the moment it was sent, in ms since
 * `base` with two decimals. Told by its parent (fork): `{ start: options }`, then `{ stop: true }` or the end of `seconds`.
 */
import { connect } from "node:net";

const CONNECT = Buffer.from([0x10, 0x10, 0x00, 0x04, 0x4d, 0x51, 0x54, 0x54, 0x04, 0x02, 0x00, 0x00]);
const DISCONNECT = Buffer.from([0xe0, 0x00]);
const PING = Buffer.from([0xc0, 0x00]);
const clock = () => performance.timeOrigin + performance.now();

/** MQTT 3.1.1 §3.1: clean session, no keepalive. */
function connectPacket() {
  const id = Buffer.from(`bench-${process.pid}`);
  const packet = Buffer.concat([CONNECT, Buffer.from([0, id.length]), id]);
  packet[1] = packet.length - 2;
  return packet;
}

/** Fixed header and topic of a QoS 0 PUBLISH; short enough that the remaining length is one or two bytes. */
function head(topic, retain) {
  const bytes = Buffer.from(topic);
  return {
    first: retain ? 0x31 : 0x30,
    topic: Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]),
  };
}

function writer(heads) {
  let batch = Buffer.allocUnsafe(1 << 16);
  let used = 0;
  return {
    add(index, payload) {
      const { first, topic } = heads[index];
      const length = topic.length + payload.length;
      if (used + length + 4 > batch.length) {
        const larger = Buffer.allocUnsafe(batch.length * 2);
        batch.copy(larger, 0, 0, used);
        batch = larger;
      }
      batch[used++] = first;
      if (length > 127) batch[used++] = (length & 127) | 128;
      batch[used++] = length > 127 ? length >> 7 : length;
      used += topic.copy(batch, used);
      used += batch.latin1Write(payload, used);
    },
    take() {
      const packet = batch.subarray(0, used);
      batch = Buffer.allocUnsafe(1 << 16);
      used = 0;
      return packet;
    },
  };
}

/** When to send each message, in ms, as many independent devices do: a Poisson process, the same in each run. */
function randomMoments(rate, count) {
  let state = 1;
  let at = 0;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    at -= (Math.log((state + 1) / 2 ** 32) * 1000) / rate;
    return at;
  });
}

function publish(socket, { topics, rate, seconds, base, json = false, retain = false, random = false }) {
  const out = writer(topics.map((topic) => head(topic, retain)));
  const last = new Array(topics.length).fill(null);
  let sent = 0;
  let full = false;
  let began = clock();
  socket.on("drain", () => {
    full = false;
  });
  const limit = rate * seconds;
  const moments = random ? randomMoments(rate, limit) : undefined;
  const dueAt = (elapsed) => {
    if (!moments) return Math.floor((elapsed / 1000) * rate);
    let due = sent;
    while (due < limit && moments[due] <= elapsed) due++;
    return due;
  };
  return new Promise((resolve) => {
    let stopped = false;
    const finish = () => {
      const ms = clock() - began;
      socket.end(DISCONNECT);
      socket.once("close", () => resolve({ sent, last, ms }));
    };
    const step = () => {
      const now = clock();
      const due = Math.min(limit, dueAt(now - began));
      if (!full && due > sent) {
        const value = Number((now - base).toFixed(2));
        const payload = json ? `{"value":${value},"ok":true,"fw":"1.4.2","rssi":-61}` : String(value);
        // After a stall the rest comes a little later, not in one burst that no device would send.
        for (const until = Math.min(due, sent + 2000); sent < until; sent++) {
          out.add(sent % topics.length, payload);
          last[sent % topics.length] = value;
        }
        full = !socket.write(out.take());
      }
      if (stopped || (sent >= limit && limit > 0)) finish();
      else if (due > sent && !full) setImmediate(step);
      else setTimeout(step, 1);
    };
    process.on("message", (message) => {
      if (message.stop) stopped = true;
    });
    began = clock();
    step();
  });
}

process.on("message", ({ start }) => {
  if (!start) return;
  const socket = connect({ host: "127.0.0.1", port: start.port, noDelay: true });
  const pings = setInterval(() => socket.writable && socket.write(PING), 30_000);
  socket.once("data", async () => {
    socket.on("data", () => undefined);
    const done = await publish(socket, start);
    clearInterval(pings);
    process.send({ done }, () => process.exit(0));
  });
  socket.write(connectPacket());
});
process.on("disconnect", () => process.exit(0));
process.send({ ready: true });
