import { createAuth } from "../people/auth";
import type { AccountsDatabase } from "../ports";
import { MoveError } from "./side";

/** Makes the tables of better-auth, as a start of Telltale does. */
export async function makeAccountTables(database: AccountsDatabase): Promise<void> {
  const failed = (error: object) => {
    throw new MoveError(`the tables of the accounts cannot be made: ${JSON.stringify(error)}`);
  };
  const silent = () => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: failed };
  await createAuth({ database, secret: "signs nothing: no session is made", publicUrl: undefined, log });
}
