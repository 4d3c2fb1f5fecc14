import { randomUUID } from "node:crypto";
import { z } from "zod";
import { CommandIn } from "../../../lib/api";
import { Command, type RefusalCode } from "../../../lib/command";
import { CommandId } from "../../../lib/ids";
import { err, ok } from "../../../lib/result";
import type { PublishRefusal } from "../../ports";
import { endpoint, type Mount } from "../endpoint";
import { expiresOf } from "../expires";
import type { HttpParts } from "../parts";
import { notFound } from "../problem";
import { visiblePoint } from "./points";

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

const Out = Command.meta({ id: "Command" });

/** Commands over HTTP go through the same desk as those of a page, and are answered when sent or refused. */
export function commandRoutes({ live, desk, store }: HttpParts): Mount[] {
  return [
    endpoint({
      method: "get",
      path: "/points/{id}/commands",
      level: "viewer",
      summary: "The newest commands to a point, newest first",
      query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(50) }),
      answer: z.array(Out),
      async run({ params, access, query }) {
        const found = visiblePoint(live, access, params.id);
        return found.ok ? ok(await store.commandsOf(found.value.info.id, query.limit)) : found;
      },
    }),
    endpoint({
      method: "post",
      path: "/points/{id}/commands",
      level: "operator",
      summary:
        "Operate a point. Answers as soon as the command is sent or refused; follow it with GET. " +
        "With the header Telltale-Expires (epoch ms by the server's clock, see Telltale-Time) it is refused when it arrives later",
      body: CommandIn,
      answer: Out,
      async run({ params, body, session, access, address, headers }) {
        const found = visiblePoint(live, access, params.id);
        if (!found.ok) return found;
        if (!session) return err({ status: 401, code: "not-signed-in", detail: "Sign in first." });
        const expiry = expiresOf(headers);
        if (!expiry.ok) return expiry;
        const id = body.id ?? CommandId.parse(randomUUID());
        const { value, confirmed } = body;
        const request = { id, point: found.value.info.id, value, confirmed, expiry: expiry.value };
        const command = await desk.send(request, { session, address });
        if (command.state !== "refused") return ok(command);
        const { code, reason, retryAfter } = command;
        return err({
          status: STATUS[code],
          code,
          detail: reason,
          command,
          ...(retryAfter !== undefined && { retryAfter: Math.ceil(retryAfter / 1000) }),
        });
      },
    }),
    endpoint({
      method: "post",
      path: "/points/{id}/commands/{command}/dismiss",
      level: "operator",
      summary:
        "Dismiss, for everyone, the outcome of a point's last command that was not confirmed, once a person has read it",
      answer: Out,
      async run({ params, session, access, address }) {
        const found = visiblePoint(live, access, params.id);
        if (!found.ok) return found;
        if (!session) return err({ status: 401, code: "not-signed-in", detail: "Sign in first." });
        const id = CommandId.safeParse(params.command);
        if (!id.success) return err(notFound(`command "${(params.command ?? "").slice(0, 200)}"`));
        const dismissed = await desk.dismiss({ id: id.data, point: found.value.info.id }, { session, address });
        if (dismissed.ok) return dismissed;
        const { code, message } = dismissed.error;
        return err({ status: DISMISSAL_STATUS[code], code, detail: message });
      },
    }),
  ];
}
