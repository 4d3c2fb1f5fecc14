import { Role } from "../../lib/access";
import type { UserOut } from "../../lib/api";
import { UserId } from "../../lib/ids";
import { err, ok, type Result } from "../../lib/result";
import { say } from "../../lib/texts/said";
import type { AccountsDatabase, People, PeopleError, PeopleEvents } from "../ports";
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
  count(): Promise<number>;
  /** Removes what a crash left of an account that was being made: nobody can sign in to it, and it would end the set-up. */
  removeUnfinished(): Promise<void>;
  /** Makes the account where there is none at all; undefined: there are some. */
  createFirst(account: Parameters<People["create"]>[0]): Promise<Result<UserOut, PeopleError> | undefined>;
  setPassword(userId: string, password: string): Promise<void>;
  /** Ends the user's sessions, but for the one given. */
  endSessions(userId: string, except?: string): Promise<void>;
}

/** Accounts and what keeps them sane: names are unique, and an admin always remains. `changed` tells of every ended right. */
export function createAccounts(
  auth: Auth,
  context: AuthContext,
  { tables, exclusively }: AccountsDatabase,
  changed: (change: Change) => void,
): Accounts {
  const users = context.internalAdapter;
  const all = tables.selectFrom("user").select((e) => e.fn.countAll<number | string>().as("n"));
  const countOf = async (query: typeof all) => Number((await query.executeTakeFirstOrThrow()).n);
  // Asked inside `exclusively`: two admins who demote each other at once would else leave none.
  const isLastAdmin = async (user: UserOut) =>
    user.role === "admin" && (await countOf(all.where("role", "=", "admin"))) === 1;

  async function find(id: string): Promise<Result<UserOut, PeopleError>> {
    const row = await users.findUserById(id);
    return row ? ok(userOut(row)) : err({ status: 404, message: say("problem.noUser") });
  }

  async function create({
    username,
    name,
    password,
    role,
  }: Parameters<People["create"]>[0]): Promise<Result<UserOut, PeopleError>> {
    const sameName = tables.selectFrom("user").select("id").where("username", "=", username.toLowerCase());
    if (await sameName.executeTakeFirst())
      return err({ status: 409, message: say("problem.userTaken", { username }), field: "username" });
    const { user } = await auth.api.createUser({
      body: { email: emailOf(username), name: name?.trim() || username, password, role, data: { username } },
    });
    return find(user.id);
  }

  const accounts: Accounts = {
    count: () => countOf(all),

    removeUnfinished: () =>
      exclusively(async () => {
        const finished = tables.selectFrom("account").select("userId");
        await tables.deleteFrom("user").where("id", "not in", finished).execute();
      }),

    createFirst: (account) => exclusively(async () => ((await countOf(all)) === 0 ? create(account) : undefined)),

    async list() {
      const rows = await users.listUsers(10_000, 0, { field: "createdAt", direction: "asc" });
      return rows.map(userOut);
    },

    create: (account) => exclusively(() => create(account)),

    update: (id, patch) =>
      exclusively(async () => {
        const found = await find(id);
        if (!found.ok) return found;
        const demoted = patch.role !== undefined && patch.role !== found.value.role;
        if (demoted && patch.role !== "admin" && (await isLastAdmin(found.value))) return err(LAST_ADMIN);
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
      exclusively(async () => {
        const found = await find(id);
        if (!found.ok) return found;
        if (await isLastAdmin(found.value)) return err(LAST_ADMIN);
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
