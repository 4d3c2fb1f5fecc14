import { discoveryContracts, type FoundOut } from "../../../lib/api";
import { err, ok } from "../../../lib/result";
import { inWords, type Said, say } from "../../../lib/texts/said";
import type { FoundShown } from "../../ports";
import { expiresOf } from "../expires";
import { implement, type Mount } from "../implement";
import { linkNext, pageOf } from "../paging";
import type { HttpParts } from "../parts";
import { notFound } from "../problem";

export function discoveryRoutes({ discovery }: HttpParts): Mount[] {
  const missing = (key: string) => err(notFound(say("problem.foundDevice", { id: key.slice(0, 200) })));
  return implement(discoveryContracts, {
    get: async () => ok(await discovery.state()),

    async set({ body, audit }) {
      await discovery.setMode(body.mode);
      await audit("discovery.mode", body.mode);
      return ok(await discovery.state());
    },

    async found({ query, request, answerHeaders }) {
      const page = pageOf(
        await discovery.found(),
        ({ id }) => id,
        query,
        (device) => shownInWords(device.show()),
      );
      if (!page.ok) return page;
      linkNext(answerHeaders, request, page.value.next);
      return ok(page.value.items);
    },

    async keepAll({ audit }) {
      const kept = await discovery.keepAll();
      await audit("found.keep-all", "found", kept);
      return ok(kept);
    },

    async keep({ params: { key }, body, audit }) {
      // For the trail: an id says little to people.
      const name = await discovery.name(key);
      const kept = await discovery.keep(key, body.entities);
      if (!kept) return missing(key);
      await audit("found.keep", key, { name, ...kept, ...body });
      return ok(kept);
    },

    async ignore({ params: { key }, body, audit }) {
      // For the trail: an id says little to people.
      const name = await discovery.name(key);
      if ((await discovery.ignore(key, body.ignored)) === undefined) return missing(key);
      await audit("found.ignore", key, { name, ...body });
      return ok(null);
    },

    async clear({ params: { key }, headers, audit }) {
      // For the trail: an id says little to people.
      const name = await discovery.name(key);
      const expiry = expiresOf(headers);
      if (!expiry.ok) return expiry;
      const note = (topics: readonly string[]) => audit("found.clear", key, { name, topics });
      const cleared = await discovery.clear(key, note, expiry.value);
      if (!cleared) return missing(key);
      if (cleared.ok) {
        const { failed, ...rest } = cleared.value;
        return ok({ ...rest, failed: failed.map(({ topic, reason }) => ({ topic, reason: inWords(reason) })) });
      }
      const code = "too-late";
      const reason = cleared.error;
      await audit("found.clear-refused", key, { name, code, reason });
      return err({ status: 409, code, detail: reason });
    },
  });
}

const withWords = <T extends { withdrawn?: Said }>({ withdrawn, ...rest }: T) => ({
  ...rest,
  ...(withdrawn !== undefined && { withdrawn: inWords(withdrawn) }),
});
const shownInWords = ({ entities, ...device }: FoundShown): FoundOut => ({
  ...withWords(device),
  entities: entities.map(withWords),
});
