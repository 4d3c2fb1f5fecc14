import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { createAccessControl } from "better-auth/plugins/access";
import { admin } from "better-auth/plugins/admin";
import { username } from "better-auth/plugins/username";
import { Username } from "../../lib/api";
import type { AccountsDatabase, Log } from "../ports";

export interface AuthOptions {
  database: AccountsDatabase;
  /** Signs the cookies. */
  secret: string;
  publicUrl: string | undefined;
  log: Log;
}

/** How long a person stays signed in without coming back. A wall tablet that is looked at stays signed in. */
const SESSION_SECONDS = 30 * 24 * 3600;

// Who may do what is decided by lib/access; better-auth only has to know the names of the roles.
const control = createAccessControl({ telltale: ["use"] } as const);
const named = control.newRole({ telltale: ["use"] });

/**
 * better-auth as a library: its HTTP handler is not mounted, /api/v1/session calls `auth.api` and passes the cookies on.
 * The cookie is HttpOnly and SameSite=Lax; over https it is Secure under the `__Host-` prefix, so that no subdomain can set it.
 */
export async function createAuth({ database, secret, publicUrl, log }: AuthOptions) {
  const overTls = publicUrl?.startsWith("https:") ?? false;
  const auth = betterAuth({
    appName: "Telltale",
    baseURL: publicUrl ?? "http://localhost",
    secret,
    database: {
      db: database.tables,
      type: database.kind,
      // On SQLite a transaction held open across an await would keep the command path's audit row waiting, which must be on disk
      // before anything is published (openConfigDatabase.ts).
      transaction: database.kind === "postgres",
    },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 8,
      maxPasswordLength: 128,
    },
    session: {
      expiresIn: SESSION_SECONDS,
      updateAge: 24 * 3600,
      // A cached session would outlive a demotion or a log-out.
      cookieCache: { enabled: false },
    },
    advanced: {
      cookiePrefix: "telltale",
      // better-auth would write `__Secure-`; the name below carries the stronger prefix.
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", secure: overTls, path: "/" },
      cookies: { session_token: { name: overTls ? "__Host-telltale.session" : "telltale.session" } },
      ipAddress: { disableIpTracking: true },
    },
    plugins: [
      username({
        minUsernameLength: 2,
        maxUsernameLength: 40,
        usernameValidator: (name) => Username.safeParse(name).success,
        displayUsername: false,
      }),
      admin({
        ac: control,
        roles: { viewer: named, operator: named, admin: named },
        defaultRole: "viewer",
        adminRoles: ["admin"],
      }),
    ],
    logger: {
      level: "error",
      log: (_level, message, ...details) => log.error({ details }, message),
    },
  });
  await database.whileMigrating(async () => {
    const { runMigrations } = await getMigrations(auth.options);
    await runMigrations();
  });
  return auth;
}

export type Auth = Awaited<ReturnType<typeof createAuth>>;
