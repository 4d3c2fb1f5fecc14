import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { isAPIError } from "better-auth/api";
import type { Access } from "../../lib/access";
import { Password } from "../../lib/api";
import { createListeners } from "../../lib/listeners";
import { err, ok, type Result } from "../../lib/result";
import { inWords, say } from "../../lib/texts/said";
import type { AccountsDatabase, Log, People, PeopleError } from "../ports";
import { type Change, createAccounts, userOut } from "./accounts";
import { type ClientAddress, createClientAddress } from "./address";
import { type AuthOptions, createAuth } from "./auth";
import { createLoginThrottle } from "./loginThrottle";

export interface PeopleOptions extends Omit<AuthOptions, "publicUrl"> {
  database: AccountsDatabase;
  publicUrl?: string;
  /** TELLTALE_ANONYMOUS=viewer: who is not signed in may look. */
  anonymous: boolean;
  /** TELLTALE_ADMIN_PASSWORD: creates `admin` while there is no user. */
  adminPassword?: string;
  /** Addresses or networks whose X-Forwarded-For is believed. */
  trustedProxies?: readonly string[];
  log: Log;
}

export interface PeopleParts extends People {
  /** For the one-time set-up link, while nobody has an account. */
  setupToken(): string | undefined;
  /** The caller's address, for throttling and the audit trail. */
  clientAddress: ClientAddress;
}

const ANONYMOUS: Access = { user: "anonymous", role: "viewer", grants: [] };

/** Accounts, sessions and rights, on better-auth in the configuration's database. Throws when the database cannot be made ready. */
export async function createPeople(options: PeopleOptions): Promise<PeopleParts> {
  const { database, anonymous, adminPassword, log } = options;
  const auth = await createAuth({ ...options, publicUrl: options.publicUrl });
  const context = await auth.$context;
  const throttle = createLoginThrottle();
  const clientAddress = createClientAddress(options.trustedProxies ?? []);
  const listeners = createListeners<[change: Change]>();
  const accounts = createAccounts(auth, context, database, listeners.tell);

  await accounts.removeUnfinished();

  let empty = (await accounts.count()) === 0;
  if (empty && adminPassword !== undefined) {
    const password = Password.safeParse(adminPassword);
    if (!password.success) throw new Error(`TELLTALE_ADMIN_PASSWORD: ${password.error.issues[0]?.message}`);
    const created = await accounts.createFirst({ username: "admin", password: password.data, role: "admin" });
    if (created?.ok === false)
      throw new Error(`the first admin could not be created: ${inWords(created.error.message)}`);
    empty = false;
    if (created) log.info({}, 'created the user "admin" with TELLTALE_ADMIN_PASSWORD');
  }
  // In memory only: it is printed at each start until someone has used it.
  let setupToken = empty ? randomBytes(16).toString("base64url") : undefined;
  const tokenValid = (token: string) => setupToken !== undefined && timingSafeEqual(digest(token), digest(setupToken));

  async function signedIn(headers: Headers) {
    if (!headers.has("cookie")) return null;
    const query = { disableCookieCache: true, disableRefresh: true };
    const found = await auth.api.getSession({ headers, query }).catch(tellHeldUp);
    return found && { user: userOut(found.user), token: found.session.token };
  }

  async function signIn(username: string, password: string): Promise<Result<Headers, PeopleError>> {
    try {
      const { headers } = await auth.api.signInUsername({
        body: { username, password },
        headers: new Headers(),
        returnHeaders: true,
      });
      return ok(cookiesOf(headers));
    } catch (error) {
      // A name or password that no account can have is as wrong as any other, and told no differently.
      if (isAPIError(error) && error.statusCode >= 400 && error.statusCode < 500) return err(WRONG);
      throw error;
    }
  }

  return {
    setupToken: () => setupToken,
    clientAddress,
    setupNeeded: () => empty,
    setupTokenValid: tokenValid,
    list: accounts.list,
    create: accounts.create,
    update: accounts.update,
    remove: accounts.remove,

    onChange: listeners.add,

    async session(headers) {
      const found = await signedIn(headers);
      if (found) return { access: accessOf(found.user), token: found.token };
      return anonymous ? { access: ANONYMOUS } : null;
    },

    async recheck(session) {
      if (session.token === undefined) return anonymous ? ANONYMOUS : null;
      const found = await context.internalAdapter.findSession(session.token);
      if (!found || found.session.expiresAt.getTime() <= Date.now()) return null;
      return accessOf(userOut(found.user));
    },

    async describe(headers) {
      // Another node may have been set up.
      if (empty) empty = (await accounts.count()) === 0;
      const found = await signedIn(headers);
      const user = found && { id: found.user.id, username: found.user.username, name: found.user.name };
      return { user, role: found?.user.role ?? (anonymous ? "viewer" : null), setupNeeded: empty };
    },

    async renew(headers) {
      if (!headers.has("cookie")) return new Headers();
      const { headers: answer } = await auth.api.getSession({
        headers,
        query: { disableCookieCache: true },
        returnHeaders: true,
      });
      return cookiesOf(answer);
    },

    async setup({ token, username, password }) {
      if (!empty) return err({ status: 409, message: say("problem.setUpAlready") });
      if (!tokenValid(token)) return err({ status: 403, message: say("problem.setUpLink") });
      // Taken before anything is awaited: of two at once, one wins.
      const taken = setupToken;
      setupToken = undefined;
      const created = await accounts.createFirst({ username, password, role: "admin" }).catch((error) => {
        setupToken = taken;
        throw error;
      });
      if (!created) {
        // Another node of the installation was set up meanwhile.
        empty = false;
        return err({ status: 409, message: say("problem.setUpAlready") });
      }
      if (!created.ok) {
        setupToken = taken;
        return created;
      }
      empty = false;
      return signIn(username, password);
    },

    async login({ username, password }, _headers, address) {
      const attempt = await throttle.take(username, address);
      if (!attempt.ok) return err(tooMany(attempt.error.retryAfter));
      const result = await signIn(username, password);
      if (result.ok) await attempt.value.succeeded();
      return result;
    },

    async logout(headers) {
      const found = await signedIn(headers);
      const { headers: answer } = await auth.api.signOut({ headers, returnHeaders: true });
      if (found) listeners.tell({ userId: found.user.id, sessionToken: found.token, code: "signed-out" });
      return cookiesOf(answer);
    },

    async changePassword({ current, next }, headers) {
      const found = await signedIn(headers);
      if (!found) return err({ status: 401, message: say("problem.signInFirst") });
      // A stolen session must not become a way to guess the password.
      const attempt = await throttle.take(`${found.user.username}\nchange`, "own");
      if (!attempt.ok) return err(tooMany(attempt.error.retryAfter));
      const account = await context.internalAdapter.findCredentialAccount(found.user.id);
      const hash = account?.password;
      if (!hash || !(await context.password.verify({ hash, password: current })))
        return err({ status: 400, message: say("problem.wrongPassword"), field: "current" });
      await attempt.value.succeeded();
      await accounts.setPassword(found.user.id, next);
      await accounts.endSessions(found.user.id, found.token);
      return ok(new Headers());
    },
  };
}

/** better-auth puts an error of its own in place of what the database says. */
function tellHeldUp(error: unknown): never {
  if (!isAPIError(error) || error.statusCode < 500) throw error;
  throw Object.assign(new Error("sessions cannot be looked up", { cause: error }), { code: "STORE_UNAVAILABLE" });
}

const WRONG: PeopleError = { status: 401, message: say("problem.wrongSignIn") };

const tooMany = (retryAfter: number): PeopleError => ({
  status: 429,
  message: say("problem.tooManyPasswords", { seconds: retryAfter }),
  retryAfter,
});

const accessOf = (user: ReturnType<typeof userOut>): Access => ({
  user: { id: user.id, name: user.name },
  role: user.role,
  grants: [],
});

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Only the cookies leave; what else better-auth would answer is not our interface. */
function cookiesOf(headers: Headers): Headers {
  const cookies = new Headers();
  for (const cookie of headers.getSetCookie()) cookies.append("set-cookie", cookie);
  return cookies;
}
