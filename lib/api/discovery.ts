import { z } from "zod";
import { Value } from "../reading";
import { DeviceClass, Words } from "../registration";
import { PageQuery } from "./paging";
import { route } from "./route";

/** `ask`: what is found waits on the "Found" page; `add`: it is registered by itself; `off`: nothing is looked for. */
export const DiscoveryMode = z.enum(["off", "ask", "add"]);
export type DiscoveryMode = z.infer<typeof DiscoveryMode>;
export const DiscoveryIn = z.strictObject({ mode: DiscoveryMode });
export const DiscoveryOut = z
  .object({
    mode: DiscoveryMode,
    /** Devices that wait to be kept or ignored. */
    found: z.number(),
    kept: z.number(),
    ignored: z.number(),
    /** Announcements that could not be read, and those that a cap kept out. */
    refused: z.number(),
    capped: z.number(),
    /** Topic filters that discovery does not listen to now: they heard much, and no device. `until`: epoch ms. */
    paused: z.array(z.object({ broker: z.string(), filter: z.string(), perSecond: z.number(), until: z.number() })),
  })
  .meta({ id: "Discovery" });
export type DiscoveryOut = z.infer<typeof DiscoveryOut>;

/** One point that an entity would become, with what it says right now. */
export const FoundValue = z.object({
  role: z.string(),
  registration: z.string(),
  name: z.string(),
  value: Value.optional(),
  unit: z.string().optional(),
  deviceClass: DeviceClass.optional(),
  precision: z.number().optional(),
  words: Words.optional(),
  /** When it was said, epoch ms. */
  at: z.number().optional(),
  actuator: z.boolean(),
  /** Where its commands would be published. `retain`: its announcement asks for retained ones, which Telltale does not send. */
  command: z.object({ topic: z.string(), retain: z.boolean().optional() }).optional(),
});
export type FoundValue = z.infer<typeof FoundValue>;

export const FoundEntityOut = z.object({
  id: z.string(),
  convention: z.string(),
  name: z.string(),
  kind: z.string(),
  category: z.enum(["config", "diagnostic"]).optional(),
  hidden: z.boolean().optional(),
  kept: z.boolean(),
  withdrawn: z.string().optional(),
  values: z.array(FoundValue),
});
export type FoundEntityOut = z.infer<typeof FoundEntityOut>;

/** A device that announced itself. `kept`: all that it does not hide is registered. */
export const FoundOut = z
  .object({
    id: z.string(),
    broker: z.string(),
    /** By which conventions it announced itself: their ids, and what people call them. */
    conventions: z.array(z.string()),
    conventionLabels: z.array(z.string()),
    name: z.string(),
    maker: z.string().optional(),
    model: z.string().optional(),
    area: z.string().optional(),
    firmware: z.string().optional(),
    /** Its own page, http or https, without credentials. */
    url: z.string().optional(),
    state: z.enum(["found", "kept", "ignored", "withdrawn"]),
    /** Why it is gone, in words. */
    withdrawn: z.string().optional(),
    /** It says itself that it is not there; it may be added, and is offline until it is back. */
    away: z.boolean().optional(),
    /** Retained topics on the broker that announce it: clearing them cleans it off. */
    announced: z.array(z.string()),
    /** Anything was heard of what it offers: one that never speaks may be a ghost. */
    heard: z.boolean(),
    entities: z.array(FoundEntityOut),
  })
  .meta({ id: "FoundDevice" });
export type FoundOut = z.infer<typeof FoundOut>;

export const KeepIn = z.strictObject({ entities: z.array(z.string().max(200)).max(1000).optional() });
export const KeptOut = z.object({ kept: z.number() });
/** Which announcements were cleared, and which were not and why. */
export const ClearedOut = z.object({
  cleared: z.number(),
  failed: z.array(z.object({ topic: z.string(), reason: z.string() })),
});
export const IgnoreIn = z.strictObject({ ignored: z.boolean().default(true) });

/** Devices that announced themselves: what they offer, and keeping or ignoring them. */
export const discoveryContracts = {
  get: route({
    method: "GET",
    path: "/discovery",
    needs: "setup",
    summary: "Whether devices are looked for, and how many were found",
    answer: DiscoveryOut,
  }),
  set: route({
    method: "PUT",
    path: "/discovery",
    needs: "admin",
    summary: "Discover devices and ask first, add them automatically, or turn discovery off",
    body: DiscoveryIn,
    answer: DiscoveryOut,
  }),
  found: route({
    method: "GET",
    path: "/found",
    needs: "setup",
    summary: "Devices that announced themselves, with their current values and whether they are added, in pages",
    query: z.object(PageQuery),
    answer: z.array(FoundOut),
  }),
  keepAll: route({
    method: "POST",
    path: "/found/keep-all",
    needs: "setup",
    summary: "Register all found devices that are neither ignored nor withdrawn",
    answer: KeptOut,
  }),
  keep: route({
    method: "POST",
    path: "/found/{key}/keep",
    needs: "setup",
    summary: "Register a found device: all that it does not hide, or the named entities",
    body: KeepIn,
    answer: KeptOut,
  }),
  ignore: route({
    method: "POST",
    path: "/found/{key}/ignore",
    needs: "setup",
    summary: "Propose a device no more, or again",
    body: IgnoreIn,
  }),
  clear: route({
    method: "POST",
    path: "/found/{key}/clear",
    needs: "setup",
    summary:
      "Clear the retained announcements of a device off the broker, as those of one that is long gone. " +
      "With the header Telltale-Expires (epoch ms by the server's clock, see Telltale-Time) nothing is sent after that time",
    headers: ["Telltale-Expires"],
    answer: ClearedOut,
  }),
};
