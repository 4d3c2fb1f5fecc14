/** What `npm run cluster` is made of, loaded as one module graph: each start of tsx's has one of its own. */
export { startTelltale } from "../../e2e/server";
export { startHaproxy } from "../../server/testing/haproxy";
export { startMosquitto } from "../../server/testing/mosquitto";
export { startNats } from "../../server/testing/nats";
export { startPostgres } from "../../server/testing/postgres";
export { connectHouse, houseYaml } from "./devices";
