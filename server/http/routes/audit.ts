import { auditContracts } from "../../../lib/api";
import { err, ok } from "../../../lib/result";
import { implement, type Mount } from "../implement";
import { linkNext } from "../paging";
import type { HttpParts } from "../parts";
import { fieldFault } from "../problem";

export const auditRoutes = ({ store }: HttpParts): Mount[] =>
  implement(auditContracts, {
    async list({ query: { before, target, limit, cursor }, request, answerHeaders }) {
      // What is added meanwhile is newer, so that an id is a place that stays.
      if (cursor !== undefined && !/^\d{1,15}$/.test(cursor))
        return err(fieldFault("?cursor", "this is no cursor: take it from the Link header of the page before"));
      const from = cursor === undefined ? before : Number(cursor);
      const entries = await store.audit({ before: from, target, limit: limit + 1 });
      const page = entries.slice(0, limit);
      if (entries.length > limit) linkNext(answerHeaders, request, String(page.at(-1)?.id));
      return ok(page);
    },
  });
