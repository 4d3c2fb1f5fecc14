import type { BuildFiles } from "../../ports";
import type { SqlRunner } from "./database";

/** In this order, so that nodes that start at the same time do not wait for each other in a circle. */
const TOUCH = `WITH mine AS (SELECT path FROM build_files WHERE path = ANY($1::text[]) ORDER BY path FOR UPDATE)
  UPDATE build_files f SET used_at = now() FROM mine WHERE f.path = mine.path RETURNING f.path`;
const FORGET = `DELETE FROM build_files WHERE path IN (
  SELECT path FROM build_files WHERE used_at < now() - interval '7 days' FOR UPDATE SKIP LOCKED
)`;

/** A file's path names its content or its build: what is there under a path is never another's. */
export function createBuildFiles(sql: SqlRunner): BuildFiles {
  return {
    async keep(paths, read) {
      const rows = (await sql.query(TOUCH, [paths])) as { path: string }[];
      const known = new Set(rows.map(({ path }) => path));
      for (const path of paths) {
        if (known.has(path)) continue;
        const insert =
          "INSERT INTO build_files (path, data) VALUES ($1, $2) ON CONFLICT (path) DO UPDATE SET used_at = now()";
        await sql.query(insert, [path, await read(path)]);
      }
      await sql.query(FORGET);
    },
    async get(path) {
      const [row] = (await sql.query("SELECT data FROM build_files WHERE path = $1", [path])) as { data: Buffer }[];
      return row?.data;
    },
  };
}
