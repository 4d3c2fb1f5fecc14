import { randomUUID } from "node:crypto";
import { commandContracts } from "../../../lib/api";
import type { RefusalCode } from "../../../lib/command";
import { CommandId } from "../../../lib/ids";
import { err, ok } from "../../../lib/result";
import { say } from "../../../lib/texts/said";
import type { PublishRefusal } from "../../ports";
import { commandOut } from "../commandOut";
import { expiresOf } from "../expires";
import { implement, type Mount } from "../implement";
import type { HttpParts } from "../parts";
import { notFound } from "../problem";

/** What a refusal is in HTTP's terms; the code says it exactly. */
const STATUS: Record<RefusalCode, number> = {
  "not-signed-in": 401,
  "not-allowed": 403,
  "no-such-point": 404,
  "not-an-actuator": 422,
  "bad-value": 422,
  "bad-topic": 422,
  "too-fast": 429,
  "broker-down": 503,
  "device-offline": 409,
  busy: 409,
  duplicate: 409,
  "too-late": 409,
  changed: 409,
  "confirmation-needed": 409,
  "audit-unavailable": 503,
  "shutting-down": 503,
};

const DISMISSAL_STATUS: Record<PublishRefusal["code"], number> = {
  "bad-request": 400,
  "not-allowed": 403,
  "not-found": 404,
  "too-late": 409,
  "too-many": 429,
  unavailable: 503,
};

/** Commands are answered when sent or refused. */
export const commandRoutes = ({ commands, store }: HttpParts): Mount[] =>
  implement(commandContracts, {
    list: async ({ points: [{ info }], query }) => ok((await store.commandsOf(info.id, query.limit)).map(commandOut)),

    async send({ points: [{ info }], body, session, address, headers }) {
      if (!session) return err({ status: 401, code: "not-signed-in", detail: say("problem.signInFirst") });
      const expiry = expiresOf(headers);
      if (!expiry.ok) return expiry;
      const id = body.id ?? CommandId.parse(randomUUID());
      const { value, confirmed } = body;
      const request = { id, point: info.id, value, confirmed, expiry: expiry.value };
      const command = await commands.send(request, { session, address });
      if (command.state !== "refused") return ok(commandOut(command));
      const { code, reason, retryAfter } = command;
      return err({
        status: STATUS[code],
        code,
        detail: reason,
        command: commandOut(command),
        ...(retryAfter !== undefined && { retryAfter: Math.ceil(retryAfter / 1000) }),
      });
    },

    async dismiss({ params, points: [{ info }], session, address }) {
      if (!session) return err({ status: 401, code: "not-signed-in", detail: say("problem.signInFirst") });
      const id = CommandId.safeParse(params.command);
      if (!id.success) return err(notFound(say("problem.command", { id: params.command.slice(0, 200) })));
      const dismissed = await commands.dismiss({ id: id.data, point: info.id }, { session, address });
      if (dismissed.ok) return ok(commandOut(dismissed.value));
      const { code, message } = dismissed.error;
      return err({ status: DISMISSAL_STATUS[code], code, detail: message });
    },
  });
