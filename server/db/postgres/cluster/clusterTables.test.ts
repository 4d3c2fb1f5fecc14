import { afterAll, beforeAll } from "vitest";
import { systemClock } from "../../../clock";
import { type PrivatePostgres, startPostgres } from "../../../testing/postgres";
import { clusterMigration } from "../../migrations/postgres/004Cluster";
import { commandMessages } from "../../migrations/postgres/005CommandMessages";
import { appliedFile } from "../../migrations/postgres/006AppliedFile";
import { createDatabase } from "../database";
import { createPool } from "../pool";
import { createClusterTables } from "./clusterTables";
import { clusterTablesContract } from "./clusterTablesContract";

let postgres: PrivatePostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

clusterTablesContract(async () => {
  const url = await postgres.database();
  const pool = await createPool({ url, name: "telltale test", connections: 25 });
  await pool.query(clusterMigration.sql);
  await pool.query(commandMessages.sql);
  await pool.query(appliedFile.sql);
  const database = createDatabase({ url, pool, clock: systemClock, log: { warn() {} } });
  return { database, tables: createClusterTables(database, "p1"), close: () => pool.end() };
});
