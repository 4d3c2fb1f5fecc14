import { afterAll, beforeAll } from "vitest";
import { type PrivatePostgres, startPostgres } from "./postgres";

/** One for all tests of the file that calls it. */
export function postgresOfThisFile(): Omit<PrivatePostgres, "stop"> {
  let running: PrivatePostgres | undefined;
  beforeAll(async () => {
    running = await startPostgres();
  });
  afterAll(() => running?.stop());
  const started = (): PrivatePostgres => {
    if (!running) throw new Error("Postgres runs only while tests do");
    return running;
  };
  return {
    database: () => started().database(),
    crash: () => started().crash(),
    restart: () => started().restart(),
  };
}
