/**
 * Many viewers in one lean process: bare WebSockets that speak the few words of Engine.IO and Socket.IO that a page speaks, or
 * nothing at all (`plain`), and count what comes. Started by `{ start: { url, origin, view, viewers, plain } }`.
 */
import { WebSocket } from "ws";

const seen = { frames: 0, bytes: 0, entries: 0, closed: 0 };

function open({ url, origin, view, plain, version }) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { origin, perMessageDeflate: false });
    socket.on("error", reject);
    socket.on("close", () => {
      seen.closed++;
    });
    if (plain) socket.on("open", resolve);
    socket.on("message", (data) => {
      seen.bytes += data.length;
      // Engine.IO: 0 open, 2 ping; Socket.IO within its 4: 0 connect, 2 event, 3 ack.
      if (plain || (data[0] === 52 && data[1] === 50)) {
        seen.frames++;
        return;
      }
      const kind = data.toString("latin1", 0, 3);
      if (kind[0] === "0") socket.send(`40${JSON.stringify(version)}`);
      else if (kind[0] === "2") socket.send("3");
      else if (kind.startsWith("40")) socket.send(`420${JSON.stringify(["view:watch", { view }])}`);
      else if (kind.startsWith("44")) reject(new Error(data.toString()));
      else if (kind === "430") {
        const [reply] = JSON.parse(data.toString().slice(3));
        if (reply.ok) resolve();
        else reject(new Error(reply.message));
      }
    });
  });
}

process.on("message", async ({ start, count }) => {
  if (count) process.send(seen);
  if (!start) return;
  for (let i = 0; i < start.viewers; i += 20)
    await Promise.all(Array.from({ length: Math.min(20, start.viewers - i) }, () => open(start)));
  process.send({ ready: true });
});
process.on("disconnect", () => process.exit(0));
process.send({ ready: true });
