import { type AuditEntry, auditContracts } from "../../../lib/api";
import { err, ok } from "../../../lib/result";
import { inWords, isSaid, say } from "../../../lib/texts/said";
import { implement, type Mount } from "../implement";
import { linkNext } from "../paging";
import type { HttpParts } from "../parts";
import { fieldFault } from "../problem";

/** A reason was written down as its key (rule MS-12); rows of older versions hold words. */
const inWordsOf = (entry: AuditEntry): AuditEntry =>
  isSaid(entry.detail.reason) ? { ...entry, detail: { ...entry.detail, reason: inWords(entry.detail.reason) } } : entry;

export const auditRoutes = ({ store }: HttpParts): Mount[] =>
  implement(auditContracts, {
    async list({ query: { before, target, limit, cursor }, request, answerHeaders }) {
      // What is added meanwhile is newer, so that an id is a place that stays.
      if (cursor !== undefined && !/^\d{1,15}$/.test(cursor))
        return err(fieldFault("?cursor", say("problem.noCursor")));
      const from = cursor === undefined ? before : Number(cursor);
      const entries = await store.audit({ before: from, target, limit: limit + 1 });
      const page = entries.slice(0, limit);
      if (entries.length > limit) linkNext(answerHeaders, request, String(page.at(-1)?.id));
      return ok(page.map(inWordsOf));
    },
  });
