import { z } from "zod";
import { PageQuery } from "./paging";
import { route } from "./route";

/** One line of the trail: what was done, by whom, to what, from where. Commands and every change of configuration or people. */
export const AuditEntry = z
  .object({
    id: z.number(),
    at: z.number(),
    actor: z.string(),
    action: z.string(),
    target: z.string(),
    detail: z.record(z.string(), z.unknown()),
    address: z.string().nullable(),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.infer<typeof AuditEntry>;

export const auditContracts = {
  list: route({
    method: "GET",
    path: "/audit",
    needs: "admin",
    summary: "Who did what, newest first, in pages; `before` begins behind the entry of this id",
    query: z.object({
      before: z.coerce.number().int().min(0).optional(),
      target: z.string().max(1024).optional(),
      ...PageQuery,
    }),
    answer: z.array(AuditEntry),
  }),
};
