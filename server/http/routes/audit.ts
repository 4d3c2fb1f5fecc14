import { z } from "zod";
import { AuditEntry } from "../../../lib/api";
import { ok } from "../../../lib/result";
import { endpoint, type Mount } from "../endpoint";
import type { HttpParts } from "../parts";

export const auditRoutes = ({ store }: HttpParts): Mount[] => [
  endpoint({
    method: "get",
    path: "/audit",
    level: "admin",
    summary: "Who did what, newest first; `before` is the last id seen, for the next page",
    query: z.object({
      before: z.coerce.number().int().min(0).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
      target: z.string().max(1024).optional(),
    }),
    answer: z.array(AuditEntry.meta({ id: "AuditEntry" })),
    run: async ({ query }) => ok(await store.audit(query)),
  }),
];
