import { randomUUID } from "node:crypto";
import { z } from "zod";
import { CommandIn } from "../../../lib/api";
import { Command, type RefusalCode } from "../../../lib/command";
import { CommandId } from "../../../lib/ids";
import { err, ok, type Result } from "../../../lib/result";
import type { Expiry } from "../../ports";
import { endpoint, type Mount } from "../endpoint";
import type { HttpParts } from "../parts";
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

/** A program may say until when its command is wanted. Without the header it takes what comes. */
function expiryOf(header: string | null): Result<Expiry> {
  if (header === null) return ok({ by: "never" });
  const at = Number(header);
  if (/^\d{1,16}$/.test(header.trim())) return ok({ by: "time", at });
  return err(
    `Telltale-Expires must be epoch milliseconds by this server's clock (see Telltale-Time), not "${header}".`,
  );
}

const Out = Command.meta({ id: "Command" });

/** Commands over HTTP go through the same desk as those of a page, and are answered when sent or refused (design §3). */
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
        const expiry = expiryOf(headers.get("telltale-expires"));
        if (!expiry.ok) return err({ status: 400, detail: expiry.error });
        const id = body.id ?? CommandId.parse(randomUUID());
        const { value, confirmed } = body;
        const request = { id, point: found.value.info.id, value, confirmed, expiry: expiry.value };
        const command = await desk.send(request, { session, address });
        if (command.state !== "refused") return ok(command);
        const { code, reason } = command;
        return err({
          status: STATUS[code],
          code,
          detail: reason,
          command,
          ...(code === "too-fast" && { retryAfter: 1 }),
        });
      },
    }),
  ];
}
