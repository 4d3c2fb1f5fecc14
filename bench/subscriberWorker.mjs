/** The bare limit of the server: an MQTT.js subscriber as its README has it, that only counts. */
import mqtt from "mqtt";

let received = 0;
process.on("message", ({ start, count }) => {
  if (start) {
    const client = mqtt.connect(start.url);
    client.on("message", () => {
      received++;
    });
    client.on("connect", () => client.subscribe(start.filter, () => process.send({ ready: true })));
  }
  if (count) process.send({ received });
});
process.on("disconnect", () => process.exit(0));
process.send({ ready: true });
