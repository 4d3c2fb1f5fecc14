import { LoginIn, PasswordIn, SessionOut, SetupIn } from "../../../lib/api";
import { err, ok } from "../../../lib/result";
import { endpoint, type Mount } from "../endpoint";
import type { HttpParts } from "../parts";
import { peopleFault } from "../problem";

/** Sign-in, sign-out, set-up: each answers who the caller now is. */
export const sessionRoutes = ({ people, denials }: Pick<HttpParts, "people" | "denials">): Mount[] => [
  endpoint({
    method: "get",
    path: "/session",
    level: "anyone",
    summary: "Who the caller is, and whether Telltale waits for its set-up",
    answer: SessionOut,
    async run({ headers, answerHeaders }) {
      if (people.renew) passCookies(await people.renew(headers), answerHeaders);
      return ok(await people.describe(headers));
    },
  }),
  endpoint({
    method: "post",
    path: "/session",
    level: "anyone",
    summary: "Sign in. Wrong passwords are slowed down: 429 with Retry-After",
    body: LoginIn,
    answer: SessionOut,
    async run({ body, headers, address, answerHeaders, audit }) {
      const result = await people.login(body, headers, address);
      if (!result.ok) {
        // A password that was typed into the wrong field must not end in the trail: only names that there are do.
        const known = (await people.list()).find((user) => sameName(user.username, body.username));
        const target = known?.username ?? "an unknown name";
        if (result.error.status === 429) denials.note({ kind: "too-many-passwords", actor: target, address, target });
        else await audit("session.failed", known?.id ?? "", { username: target }, target);
        return err(peopleFault(result.error));
      }
      const session = await people.describe(passCookies(result.value, answerHeaders));
      const { id = "", username = "" } = session.user ?? {};
      await audit("session.sign-in", id, { username }, session.user?.name);
      return ok(session);
    },
  }),
  endpoint({
    method: "delete",
    path: "/session",
    level: "anyone",
    summary: "Sign out; open pages of this session are closed within a second",
    async run({ headers, answerHeaders, audit }) {
      const { user } = await people.describe(headers);
      passCookies(await people.logout(headers), answerHeaders);
      if (user) await audit("session.sign-out", user.id, { username: user.username }, user.name);
      return ok(null);
    },
  }),
  endpoint({
    method: "post",
    path: "/session/password",
    level: "signed-in",
    summary: "Change one's own password; one's other sessions end",
    body: PasswordIn,
    async run({ body, headers, access, answerHeaders, audit }) {
      const result = await people.changePassword(body, headers);
      if (!result.ok) return err(peopleFault(result.error));
      passCookies(result.value, answerHeaders);
      await audit("user.password", access.user === "anonymous" ? "" : access.user.id);
      return ok(null);
    },
  }),
  endpoint({
    method: "post",
    path: "/setup",
    level: "anyone",
    summary: "Make the first admin with the one-time link that the server printed, and sign in",
    body: SetupIn,
    answer: SessionOut,
    async run({ body, headers, address, answerHeaders, audit }) {
      const result = await people.setup(body, headers);
      if (!result.ok && result.error.status === 403)
        denials.note({ kind: "setup-link", actor: "anonymous", address, target: "POST /setup" });
      if (!result.ok) return err(peopleFault(result.error));
      const session = await people.describe(passCookies(result.value, answerHeaders));
      await audit("user.setup", session.user?.id ?? "", { username: body.username, role: "admin" }, body.username);
      return ok(session);
    },
  }),
];

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Sends the cookies on, and answers the headers that the browser's next request will have because of them. */
function passCookies(from: Headers, to: Headers): Headers {
  const pairs = from.getSetCookie().map((cookie) => {
    to.append("set-cookie", cookie);
    return cookie.split(";", 1)[0] as string;
  });
  return new Headers({ cookie: pairs.join("; ") });
}
