import { LoginIn, PasswordIn, SessionOut, SetupIn } from "../../../lib/api";
import { err, ok } from "../../../lib/result";
import type { People } from "../../ports";
import { endpoint, type Mount } from "../endpoint";
import { peopleFault } from "../problem";

/** Sign-in, sign-out, set-up: each answers who the caller now is. */
export const sessionRoutes = ({ people }: { people: People }): Mount[] => [
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
    summary: "Sign in. Wrong passwords are slowed down: 429 says for how long",
    body: LoginIn,
    answer: SessionOut,
    async run({ body, headers, address, answerHeaders }) {
      const result = await people.login(body, headers, address);
      if (!result.ok) return err(peopleFault(result.error));
      return ok(await people.describe(passCookies(result.value, answerHeaders)));
    },
  }),
  endpoint({
    method: "delete",
    path: "/session",
    level: "anyone",
    summary: "Sign out; open pages of this session are closed within a second",
    async run({ headers, answerHeaders }) {
      passCookies(await people.logout(headers), answerHeaders);
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
    async run({ body, headers, answerHeaders, audit }) {
      const result = await people.setup(body, headers);
      if (!result.ok) return err(peopleFault(result.error));
      const session = await people.describe(passCookies(result.value, answerHeaders));
      await audit("user.setup", session.user?.id ?? "", { username: body.username, role: "admin" }, body.username);
      return ok(session);
    },
  }),
];

/** Sends the cookies on, and answers the headers that the browser's next request will have because of them. */
function passCookies(from: Headers, to: Headers): Headers {
  const pairs = from.getSetCookie().map((cookie) => {
    to.append("set-cookie", cookie);
    return cookie.split(";", 1)[0] as string;
  });
  return new Headers({ cookie: pairs.join("; ") });
}
