import { z } from "zod";
import { Role } from "../access";
import { route } from "./route";
import { Password, Username } from "./users";

export const LoginIn = z.strictObject({ username: z.string().min(1).max(100), password: z.string().min(1).max(200) });
export const SetupIn = z.strictObject({ token: z.string().min(1).max(200), username: Username, password: Password });
export const PasswordIn = z.strictObject({ current: z.string().min(1).max(200), next: Password });

/** Who the caller is. */
export const SessionOut = z.object({
  user: z.object({ id: z.string(), username: z.string(), name: z.string() }).nullable(),
  /** null: not signed in and nothing may be looked at. */
  role: Role.nullable(),
  setupNeeded: z.boolean(),
});
export type SessionOut = z.infer<typeof SessionOut>;

/** Sign-in, sign-out, set-up: each answers who the caller now is. */
export const sessionContracts = {
  get: route({
    method: "GET",
    path: "/session",
    needs: "anyone",
    summary: "Who the caller is, and whether Telltale waits for its set-up",
    answer: SessionOut,
  }),
  signIn: route({
    method: "POST",
    path: "/session",
    needs: "anyone",
    summary: "Sign in. Wrong passwords are slowed down: 429 with Retry-After",
    body: LoginIn,
    answer: SessionOut,
  }),
  signOut: route({
    method: "DELETE",
    path: "/session",
    needs: "anyone",
    summary: "Sign out; open pages of this session are closed within a second",
  }),
  changePassword: route({
    method: "POST",
    path: "/session/password",
    needs: "account",
    summary: "Change one's own password; one's other sessions end",
    body: PasswordIn,
  }),
  setUp: route({
    method: "POST",
    path: "/setup",
    needs: "anyone",
    summary: "Make the first admin with the one-time link that the server printed, and sign in",
    body: SetupIn,
    answer: SessionOut,
  }),
};
