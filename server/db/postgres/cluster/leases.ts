import { z } from "zod";
import type { SqlRunner } from "../database";
import { CHANNEL } from "./versions";

const Epoch = z.object({ epoch: z.coerce.number() });
const Held = z.object({ name: z.string(), holder: z.string(), epoch: z.coerce.number() });

/** Takes or renews a lease in one statement; null: another holder has it. The epoch rises each time that the lease was lost in between. */
export async function askForLease(
  sql: SqlRunner,
  { name, holder, ttl }: { name: string; holder: string; ttl: number },
): Promise<number | null> {
  const rows = await sql.query(
    `INSERT INTO leases (name, holder, epoch, expires)
     VALUES ($1, $2, 1, clock_timestamp() + $3::int * interval '1 ms')
     ON CONFLICT (name) DO UPDATE SET
       holder = excluded.holder,
       expires = clock_timestamp() + $3::int * interval '1 ms',
       epoch = CASE WHEN leases.holder = excluded.holder AND leases.expires > clock_timestamp()
                    THEN leases.epoch ELSE leases.epoch + 1 END
     WHERE leases.holder = excluded.holder OR leases.expires < clock_timestamp()
     RETURNING epoch`,
    [name, holder, ttl],
  );
  return rows[0] === undefined ? null : Epoch.parse(rows[0]).epoch;
}

/**
 * Gives leases back, so that the next asks of others get them, and says so in the same statement: nobody who dies in between is waited for. Those
 * of another epoch are left alone.
 */
export async function releaseLeases(
  sql: SqlRunner,
  holder: string,
  leases: readonly { name: string; epoch: number }[],
): Promise<void> {
  await sql.query(
    `WITH released AS (
       UPDATE leases SET expires = '-infinity'
       FROM unnest($2::text[], $3::bigint[]) AS given (name, epoch)
       WHERE leases.name = given.name AND leases.epoch = given.epoch AND leases.holder = $1
       RETURNING leases.name
     )
     SELECT pg_notify($4, json_build_object('kind', 'lease', 'id', name)::text) FROM released`,
    [holder, leases.map(({ name }) => name), leases.map(({ epoch }) => epoch), CHANNEL],
  );
}

/** The leases that are held now, by the database's clock. */
export async function heldLeases(sql: SqlRunner): Promise<z.output<typeof Held>[]> {
  const rows = await sql.query(
    "SELECT name, holder, epoch FROM leases WHERE expires > clock_timestamp() ORDER BY name",
  );
  return rows.map((row) => Held.parse(row));
}
