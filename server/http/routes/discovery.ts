import { z } from "zod";
import { ClearedOut, DiscoveryIn, DiscoveryOut, FoundOut, IgnoreIn, KeepIn, KeptOut } from "../../../lib/api";
import { err, ok } from "../../../lib/result";
import { endpoint, type Mount } from "../endpoint";
import { expiresOf } from "../expires";
import { linkNext, PageQuery, pageOf } from "../paging";
import type { HttpParts } from "../parts";
import { notFound } from "../problem";

const Out = FoundOut.meta({ id: "FoundDevice" });
const State = DiscoveryOut.meta({ id: "Discovery" });

/** Devices that announced themselves: what they offer, and keeping or ignoring them. */
export function discoveryRoutes({ discovery }: HttpParts): Mount[] {
  const missing = (key: string | undefined) => err(notFound(`found device "${(key ?? "").slice(0, 200)}"`));
  return [
    endpoint({
      method: "get",
      path: "/discovery",
      level: "admin",
      summary: "Whether devices are looked for, and how many were found",
      answer: State,
      run: async () => ok(await discovery.state()),
    }),
    endpoint({
      method: "put",
      path: "/discovery",
      level: "admin",
      summary: "Discover devices and ask first, add them automatically, or turn discovery off",
      body: DiscoveryIn,
      answer: State,
      async run({ body, audit }) {
        await discovery.setMode(body.mode);
        await audit("discovery.mode", body.mode);
        return ok(await discovery.state());
      },
    }),
    endpoint({
      method: "get",
      path: "/found",
      level: "admin",
      summary: "Devices that announced themselves, with their current values and whether they are added, in pages",
      query: z.object(PageQuery),
      answer: z.array(Out),
      paged: true,
      async run({ query, request, answerHeaders }) {
        const page = pageOf(
          await discovery.found(),
          ({ id }) => id,
          query,
          (device) => device.show(),
        );
        if (!page.ok) return page;
        linkNext(answerHeaders, request, page.value.next);
        return ok(page.value.items);
      },
    }),
    endpoint({
      method: "post",
      path: "/found/keep-all",
      level: "admin",
      summary: "Register all found devices that are neither ignored nor withdrawn",
      answer: KeptOut,
      async run({ audit }) {
        const kept = await discovery.keepAll();
        await audit("found.keep-all", "found", kept);
        return ok(kept);
      },
    }),
    endpoint({
      method: "post",
      path: "/found/{key}/keep",
      level: "admin",
      summary: "Register a found device: all that it does not hide, or the named entities",
      body: KeepIn,
      answer: KeptOut,
      async run({ params, body, audit }) {
        const key = params.key ?? "";
        // For the trail: an id says little to people.
        const name = await discovery.name(key);
        const kept = await discovery.keep(key, body.entities);
        if (!kept) return missing(key);
        await audit("found.keep", key, { name, ...kept, ...body });
        return ok(kept);
      },
    }),
    endpoint({
      method: "post",
      path: "/found/{key}/ignore",
      level: "admin",
      summary: "Propose a device no more, or again",
      body: IgnoreIn,
      async run({ params, body, audit }) {
        const key = params.key ?? "";
        // For the trail: an id says little to people.
        const name = await discovery.name(key);
        if ((await discovery.ignore(key, body.ignored)) === undefined) return missing(key);
        await audit("found.ignore", key, { name, ...body });
        return ok(null);
      },
    }),
    endpoint({
      method: "post",
      path: "/found/{key}/clear",
      level: "admin",
      summary:
        "Clear the retained announcements of a device off the broker, as those of one that is long gone. " +
        "With the header Telltale-Expires (epoch ms by the server's clock, see Telltale-Time) nothing is sent after that time",
      answer: ClearedOut,
      async run({ params, headers, audit }) {
        const key = params.key ?? "";
        // For the trail: an id says little to people.
        const name = await discovery.name(key);
        const expiry = expiresOf(headers);
        if (!expiry.ok) return expiry;
        const note = (topics: readonly string[]) => audit("found.clear", key, { name, topics });
        const cleared = await discovery.clear(key, note, expiry.value);
        if (!cleared) return missing(key);
        if (cleared.ok) return cleared;
        const [code, reason] = ["too-late", cleared.error];
        await audit("found.clear-refused", key, { name, code, reason });
        return err({ status: 409, code, detail: reason });
      },
    }),
  ];
}
