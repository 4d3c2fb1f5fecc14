import type { Database } from "better-sqlite3";
import { Role } from "../../lib/access";
import type { UserOut } from "../../lib/api";
import { UserId } from "../../lib/ids";
import { err, ok, type Result } from "../../lib/result";
import { createSerial } from "../../lib/serial";
import { say } from "../../lib/texts/said";
import type { People, PeopleError, PeopleEvents } from "../ports";
import type { Auth } from "./auth";

export type Change = Parameters<Parameters<PeopleEvents["onChange"]>[0]>[0];

type AuthContext = Awaited<Auth["$context"]>;

/** better-auth wants an address; nobody here has one. `.invalid` can never be a mail domain (RFC 2606). */
const emailOf = (username: string) => `${username.toLowerCase()}@telltale.invalid`;

type Row = AuthContext extends { internalAdapter: { findUserById(id: string): Promise<infer U> } }
  ? NonNullable<U> & { username?: unknown; role?: unknown }
  : never;

/** A user as stored, parsed. A role that this version does not know is the least. */
export function userOut(row: Row): UserOut {
  const role = Role.safeParse(row.role);
  return {
    id: UserId.parse(row.id),
    username: typeof row.username === "string" ? row.username : row.name,
    name: row.name,
    role: role.success ? role.data : "viewer",
    createdAt: new Date(row.createdAt).getTime(),
  };
}

interface Accounts extends Pick<People, "list" | "create" | "update" | "remove"> {
  count(): number;
  setPassword(userId: string, password: string): Promise<void>;
  /** Ends the user's sessions, but for the one given. */
  endSessions(userId: string, except?: string): Promise<void>;
}

/** Accounts and what keeps them sane: names are unique, and an admin always remains. `changed` tells of every ended right. */
export function createAccounts(
  auth: Auth,
  context: AuthContext,
  database: Database,
  changed: (change: Change) => void,
): Accounts {
  const users = context.internalAdapter;
  const countOf = (sql: string) => (database.prepare(sql).get() as { n: number }).n;
  const isLastAdmin = (user: UserOut) =>
    user.role === "admin" && countOf(`SELECT count(*) AS n FROM "user" WHERE role = 'admin'`) === 1;

  // One change at a time: two admins who demote each other at once would else leave none.
  const serial = createSerial();

  async function find(id: string): Promise<Result<UserOut, PeopleError>> {
    const row = await users.findUserById(id);
    return row ? ok(userOut(row)) : err({ status: 404, message: say("problem.noUser") });
  }

  const accounts: Accounts = {
    count: () => countOf(`SELECT count(*) AS n FROM "user"`),

    async list() {
      const rows = await users.listUsers(10_000, 0, { field: "createdAt", direction: "asc" });
      return rows.map(userOut);
    },

    create: ({ username, name, password, role }) =>
      serial(async () => {
        const taken = database.prepare(`SELECT 1 FROM "user" WHERE username = ?`).get(username.toLowerCase());
        if (taken) return err({ status: 409, message: say("problem.userTaken", { username }), field: "username" });
        const { user } = await auth.api.createUser({
          body: { email: emailOf(username), name: name?.trim() || username, password, role, data: { username } },
        });
        return find(user.id);
      }),

    update: (id, patch) =>
      serial(async () => {
        const found = await find(id);
        if (!found.ok) return found;
        const demoted = patch.role !== undefined && patch.role !== found.value.role;
        if (demoted && patch.role !== "admin" && isLastAdmin(found.value)) return err(LAST_ADMIN);
        const { name, role } = patch;
        if (name !== undefined || role !== undefined)
          await users.updateUser(id, { ...(name !== undefined && { name }), ...(role !== undefined && { role }) });
        if (demoted) changed({ userId: id, code: "rights-changed" });
        if (patch.password !== undefined) {
          await accounts.setPassword(id, patch.password);
          await accounts.endSessions(id);
        }
        return find(id);
      }),

    remove: (id) =>
      serial(async () => {
        const found = await find(id);
        if (!found.ok) return found;
        if (isLastAdmin(found.value)) return err(LAST_ADMIN);
        await users.deleteUser(id);
        changed({ userId: id, code: "signed-out" });
        return ok(null);
      }),

    async setPassword(userId, password) {
      await users.updatePassword(userId, await context.password.hash(password));
    },

    async endSessions(userId, except) {
      const tokens = (await users.listSessions(userId)).map((s) => s.token).filter((token) => token !== except);
      if (tokens.length > 0) await users.deleteSessions(tokens);
      for (const sessionToken of tokens) changed({ userId, sessionToken, code: "signed-out" });
    },
  };
  return accounts;
}

const LAST_ADMIN: PeopleError = { status: 409, message: say("problem.lastAdmin") };
