import { z } from "zod";
import { Broker, BrokerFault, BrokerFields, BrokerLimit, BrokerStateOut, checkUrls } from "../broker";
import { Origin } from "../configOrigin";
import { withOrigin } from "./origin";
import { route } from "./route";

/** A broker as everybody who may look may see it: that it is there, and whether it is connected. */
export const BrokerSeen = z
  .object({
    origin: Origin,
    broker: BrokerFields.pick({ id: true, name: true }),
    state: BrokerStateOut,
  })
  .meta({ id: "BrokerSeen" });
export type BrokerSeen = z.infer<typeof BrokerSeen>;

/** A broker as admins see it: secrets are write-only, `has` says which are set. */
export const BrokerOut = z
  .object({
    ...withOrigin,
    broker: BrokerFields.omit({ password: true, key: true }),
    has: z.object({ password: z.boolean(), key: z.boolean() }),
    /** Stored, but sealed with another installation's secret: to be entered again. */
    unreadable: z.array(z.enum(["password", "key"])).optional(),
    state: BrokerStateOut,
  })
  .meta({ id: "BrokerOut" });
export type BrokerOut = z.infer<typeof BrokerOut>;

/** On change an absent secret stays as it is; null removes it. */
export const BrokerPatch = BrokerFields.omit({ password: true, key: true })
  .extend({
    password: z.string().max(4000).nullable().optional(),
    key: z.string().max(100_000).nullable().optional(),
  })
  .superRefine(checkUrls)
  .meta({ id: "BrokerPatch" });
export type BrokerPatch = z.infer<typeof BrokerPatch>;

export const BrokerTest = z.discriminatedUnion("ok", [
  z.object({
    ok: z.literal(true),
    protocol: z.enum(["5", "3.1.1"]),
    ms: z.number(),
    /** Of several addresses those that did not work. Absent: all did. */
    unreachable: z.array(z.object({ url: z.string(), fault: BrokerFault, reason: z.string() })).optional(),
    /** What the broker cannot do. Absent: that could not be found out, mostly because the user may not publish below `telltale/test/`. */
    limits: z.array(z.object({ limit: BrokerLimit, text: z.string() })).optional(),
  }),
  z.object({ ok: z.literal(false), fault: z.string(), reason: z.string() }),
]);
export type BrokerTest = z.infer<typeof BrokerTest>;

const In = Broker.meta({ id: "Broker" });
const Seen = z.union([BrokerOut, BrokerSeen]);

/** Brokers: their state is everyone's, how to connect is the admins', and the secrets are nobody's: written, never read. */
export const brokerContracts = {
  list: route({
    method: "GET",
    path: "/brokers",
    needs: "see",
    summary: "All brokers and the state of their connections. Only admins see how they are connected",
    answer: z.array(Seen),
  }),
  create: route({
    method: "POST",
    path: "/brokers",
    needs: "admin",
    summary: "Connect a broker",
    body: In,
    answer: BrokerOut,
    status: 201,
  }),
  test: route({
    method: "POST",
    path: "/brokers/test",
    needs: "admin",
    summary:
      "Try the connection to each address without saving it, and what the broker can do, with a few messages below telltale/test/. Secrets that are left out are those stored under the id, while the user name stays the same and no scheme, host or port is new",
    body: BrokerPatch,
    answer: BrokerTest,
  }),
  get: route({
    method: "GET",
    path: "/brokers/{id}",
    needs: "see",
    summary: "One broker. Only admins see how it is connected",
    answer: Seen,
  }),
  replace: route({
    method: "PUT",
    path: "/brokers/{id}",
    needs: "admin",
    summary:
      "Change a broker. A secret that is left out stays as it is while the user name stays the same and no scheme, host or port is new; null removes it",
    headers: ["If-Match"],
    body: BrokerPatch,
    answer: BrokerOut,
  }),
  remove: route({
    method: "DELETE",
    path: "/brokers/{id}",
    needs: "admin",
    summary: "Disconnect and forget a broker",
    headers: ["If-Match"],
  }),
};
