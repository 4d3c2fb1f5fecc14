import type { Access, Role } from "../../lib/access";
import type { SessionOut, UserOut } from "../../lib/api";
import type { Result } from "../../lib/result";
import type { Said } from "../../lib/texts/said";
import type { Unsubscribe } from "./common";

export interface PeopleEvents {
  /** Sessions ended, role or password changed, account removed: open sockets of the user must be looked at again, now. */
  onChange(
    listener: (change: { userId: string; sessionToken?: string; code: "signed-out" | "rights-changed" }) => void,
  ): Unsubscribe;
}

export interface Session {
  access: Access;
  /** Absent for an anonymous viewer. */
  token?: string;
}

export interface People extends PeopleEvents {
  /** From the cookie, as the database says now; anonymous where that is allowed; null otherwise. */
  session(headers: Headers): Promise<Session | null>;
  /** The user's rights as of now; null when the account or this session is gone. */
  recheck(session: Session): Promise<Access | null>;
  describe(headers: Headers): Promise<SessionOut>;
  /** Set-Cookie headers where the session is due to be prolonged: a page that is looked at stays signed in. */
  renew?(headers: Headers): Promise<Headers>;
  setupNeeded(): boolean;
  setupTokenValid(token: string): boolean;
  /** Answers the headers (Set-Cookie) that sign the caller in. Errors carry an HTTP status. */
  setup(
    input: { token: string; username: string; password: string },
    headers: Headers,
  ): Promise<Result<Headers, PeopleError>>;
  login(
    input: { username: string; password: string },
    headers: Headers,
    address: string,
  ): Promise<Result<Headers, PeopleError>>;
  logout(headers: Headers): Promise<Headers>;
  changePassword(input: { current: string; next: string }, headers: Headers): Promise<Result<Headers, PeopleError>>;
  list(): Promise<UserOut[]>;
  create(input: {
    username: string;
    name?: string;
    password: string;
    role: Role;
  }): Promise<Result<UserOut, PeopleError>>;
  update(id: string, patch: { name?: string; role?: Role; password?: string }): Promise<Result<UserOut, PeopleError>>;
  remove(id: string): Promise<Result<null, PeopleError>>;
}

/** Takes note of who was turned away. Never waits and never throws. */
export interface DenialAudit {
  note(denied: { kind: string; actor: string; address: string; target: string }): void;
}

export interface PeopleError {
  status: 400 | 401 | 403 | 404 | 409 | 429;
  message: Said;
  field?: string;
  /** Seconds, with 429. */
  retryAfter?: number;
}
