import { sessionContracts } from "../../../lib/api";
import { err, ok } from "../../../lib/result";
import { implement, type Mount } from "../implement";
import type { HttpParts } from "../parts";
import { peopleFault } from "../problem";

export const sessionRoutes = ({ people, denials }: HttpParts): Mount[] =>
  implement(sessionContracts, {
    async get({ headers, answerHeaders }) {
      if (people.renew) passCookies(await people.renew(headers), answerHeaders);
      return ok(await people.describe(headers));
    },

    async signIn({ body, headers, address, answerHeaders, audit }) {
      const result = await people.login(body, headers, address);
      if (!result.ok) {
        // A password that was typed into the wrong field must not end in the trail: only names that there are do.
        const known = (await people.list()).find((user) => sameName(user.username, body.username));
        // not a text: a fixed word, for which the page of the audit trail has a text
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

    async signOut({ headers, answerHeaders, audit }) {
      const { user } = await people.describe(headers);
      passCookies(await people.logout(headers), answerHeaders);
      if (user) await audit("session.sign-out", user.id, { username: user.username }, user.name);
      return ok(null);
    },

    async changePassword({ body, headers, access, answerHeaders, audit }) {
      const result = await people.changePassword(body, headers);
      if (!result.ok) return err(peopleFault(result.error));
      passCookies(result.value, answerHeaders);
      await audit("user.password", access.user === "anonymous" ? "" : access.user.id);
      return ok(null);
    },

    async setUp({ body, headers, address, answerHeaders, audit }) {
      const result = await people.setup(body, headers);
      if (!result.ok && result.error.status === 403)
        denials.note({ kind: "setup-link", actor: "anonymous", address, target: "POST /setup" });
      if (!result.ok) return err(peopleFault(result.error));
      const session = await people.describe(passCookies(result.value, answerHeaders));
      await audit("user.setup", session.user?.id ?? "", { username: body.username, role: "admin" }, body.username);
      return ok(session);
    },
  });

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Sends the cookies on, and answers the headers that the browser's next request will have because of them. */
function passCookies(from: Headers, to: Headers): Headers {
  const pairs = from.getSetCookie().map((cookie) => {
    to.append("set-cookie", cookie);
    return cookie.split(";", 1)[0] as string;
  });
  return new Headers({ cookie: pairs.join("; ") });
}
