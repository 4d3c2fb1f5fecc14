import { z } from "zod";
import { CommandOut } from "../command";
import { CommandId } from "../ids";
import { Value } from "../reading";
import { route } from "./route";

export const CommandIn = z.strictObject({ id: CommandId.optional(), value: Value, confirmed: z.boolean().optional() });

const Out = CommandOut.meta({ id: "Command" });

/** Commands over HTTP go through the same service as those of a page. It is that service that judges the right to operate: its refusals are audited. */
export const commandContracts = {
  list: route({
    method: "GET",
    path: "/points/{id}/commands",
    needs: "see",
    of: ({ params }) => [params.id],
    summary: "The newest commands to a point, newest first",
    query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(50) }),
    answer: z.array(Out),
  }),
  send: route({
    method: "POST",
    path: "/points/{id}/commands",
    needs: "operate",
    of: ({ params }) => [params.id],
    summary:
      "Operate a point. Answers as soon as the command is sent or refused; follow it with GET. " +
      "With the header Telltale-Expires (epoch ms by the server's clock, see Telltale-Time) it is refused when it arrives later",
    headers: ["Telltale-Expires"],
    body: CommandIn,
    answer: Out,
  }),
  dismiss: route({
    method: "POST",
    path: "/points/{id}/commands/{command}/dismiss",
    needs: "operate",
    of: ({ params }) => [params.id],
    summary:
      "Dismiss, for everyone, the outcome of a point's last command that was not confirmed, once a person has read it",
    answer: Out,
  }),
};
