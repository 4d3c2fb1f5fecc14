/** The bare limit of fan-out: MQTT.js in, the payload as it came out to every client of a `ws` server, and nothing else. */
import mqtt from "mqtt";
import { WebSocketServer } from "ws";

process.on("message", ({ start }) => {
  if (!start) return;
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
  const client = mqtt.connect(start.url);
  client.on("message", (topic, payload) => {
    const text = `["${topic}",${payload}]`;
    for (const socket of server.clients) socket.send(text);
  });
  client.on("connect", () =>
    client.subscribe(start.filter, () => process.send({ ready: true, port: server.address().port })),
  );
});
process.on("disconnect", () => process.exit(0));
process.send({ ready: true });
