/** SQLite's codes for a database that is locked, on a full disk or on one that fails. */
const SQLITE = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN)/;
/**
 * Postgres' codes for one that is gone, has no room, restarts, is read-only, or gave way to another transaction
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const POSTGRES = /^(08...|53...|57P..|25006|55P03|40...)$/;
const NETWORK = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
/** What pg and its pool say without a code. */
const DRIVER = /^(Query read timeout|timeout e|Connection terminated|Client (has encountered|was closed))/;
/** By people/, for what better-auth hides behind an error of its own. */
const ACCOUNTS = "STORE_UNAVAILABLE";

/** The database cannot be used right now, and it may pass. */
export function isStoreHeldUp(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isStoreHeldUp);
  if (!(error instanceof Error)) return false;
  const code = String((error as { code?: unknown }).code);
  return (
    code === ACCOUNTS || [SQLITE, POSTGRES, NETWORK].some((codes) => codes.test(code)) || DRIVER.test(error.message)
  );
}
