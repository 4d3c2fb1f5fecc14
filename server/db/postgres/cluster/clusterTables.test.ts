import { systemClock } from "../../../clock";
import { postgresOfThisFile } from "../../../testing/postgresOfThisFile";
import { clusterMigration } from "../../migrations/postgres/004Cluster";
import { commandMessages } from "../../migrations/postgres/005CommandMessages";
import { appliedFile } from "../../migrations/postgres/006AppliedFile";
import { createDatabase } from "../database";
import { createPool } from "../pool";
import { createClusterTables } from "./clusterTables";
import { clusterTablesContract } from "./clusterTablesContract";

const postgres = postgresOfThisFile();

clusterTablesContract(async () => {
  const url = await postgres.database();
  const pool = await createPool({ url, name: "telltale test", connections: 25 });
  await pool.query(clusterMigration.sql);
  await pool.query(commandMessages.sql);
  await pool.query(appliedFile.sql);
  const database = createDatabase({ url, pool, clock: systemClock, log: { warn() {} } });
  return { database, tables: createClusterTables(database, "p1"), close: () => pool.end() };
});
