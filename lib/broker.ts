import { z } from "zod";
import { type Addresses, isEncrypted, placeOf } from "./brokerAddresses";
import { brokerUrlFault } from "./brokerUrl";
import { BrokerId } from "./ids";
import { nameText } from "./name";
import { issueOf } from "./texts/issues";
import { say } from "./texts/said";
import { Said, Wording } from "./texts/saidSchema";

export const BrokerUrl = z.string().superRefine((text, ctx) => {
  const fault = brokerUrlFault(text);
  if (fault !== undefined) return ctx.addIssue(issueOf(say("schema.url", { fault })));
  const { username, password } = new URL(text);
  if (username || password) ctx.addIssue(issueOf(say("schema.urlWithLogin")));
});

/** Far more than a cluster's clients are given; each of them may cost a connection timeout. */
const MAX_OTHER_URLS = 15;

/** The fields of a broker, each by itself. */
export const BrokerFields = z.strictObject({
  id: BrokerId,
  name: nameText(100, 1).optional(),
  url: BrokerUrl,
  /** The other members of the same cluster. They are tried in this order where `url` cannot be reached, with the same user and certificates. */
  otherUrls: z.array(BrokerUrl).max(MAX_OTHER_URLS).optional(),
  username: z.string().max(1000).optional(),
  password: z.string().max(4000).optional(),
  clientId: z.string().max(200).optional(),
  ca: z.string().max(100_000).optional(),
  cert: z.string().max(100_000).optional(),
  key: z.string().max(100_000).optional(),
  /** False accepts any certificate: for a self-signed broker in one's own house, said aloud in the UI. */
  verify: z.boolean().optional(),
});

/**
 * What the addresses of one broker must have in common. Without TLS on all of them, whoever blocks the encrypted one would be sent the
 * password in plain.
 */
export function checkUrls(broker: Addresses, ctx: z.RefinementCtx): void {
  const seen = new Set([wholePlaceOf(broker.url)]);
  for (const [i, url] of (broker.otherUrls ?? []).entries()) {
    const place = wholePlaceOf(url);
    if (place === undefined) continue;
    if (seen.has(place)) ctx.addIssue(issueOf(say("schema.urlTwice"), "otherUrls", i));
    seen.add(place);
    if (isEncrypted(url) !== isEncrypted(broker.url)) ctx.addIssue(issueOf(say("schema.urlsMixTls"), "otherUrls", i));
  }
}

/** With the path: one proxy may lead to several members. */
function wholePlaceOf(url: string): string | undefined {
  const place = placeOf(url);
  if (place === undefined) return undefined;
  const { pathname, search } = new URL(url);
  return `${place} ${pathname || "/"}${search}`;
}

/** An MQTT server that Telltale connects to, as written in telltale.yaml or by an admin. PEM texts for ca, cert and key. */
export const Broker = BrokerFields.superRefine(checkUrls);
export type Broker = z.infer<typeof Broker>;

/** The broker of registrations that name none, of all in the order in which they are configured. */
export const defaultBrokerOf = <B extends { id: BrokerId }>(brokers: readonly B[]): B | undefined =>
  brokers.find(({ id }) => id === "main") ?? brokers[0];

/** Why a broker is not connected, in the terms a person can act on. */
export const BrokerFault = z.enum([
  "dns",
  "refused",
  "timeout",
  "tls",
  "credentials",
  "not-authorized",
  "protocol",
  "lost",
  "too-large",
  "other",
]);
export type BrokerFault = z.infer<typeof BrokerFault>;

/** What a broker cannot do, as its test found. */
export const BrokerLimit = z.enum(["qos2", "retained", "retained-wildcards", "wildcards", "dot", "space", "sys"]);
export type BrokerLimit = z.infer<typeof BrokerLimit>;

/** A time in which more messages arrived than Telltale could handle. Times in epoch ms. */
export const Flood = z.object({
  /** It is still so. */
  now: z.boolean(),
  since: z.number(),
  /** When a message was last dropped. */
  lastAt: z.number(),
  /** Messages dropped since it began. */
  dropped: z.number(),
});
export type Flood = z.infer<typeof Flood>;

/** Connections in a row that the broker accepted and that ended within seconds. `since`: when the first of them ended, epoch ms. */
export const ShortConnections = z.object({ since: z.number(), times: z.number() });
export type ShortConnections = z.infer<typeof ShortConnections>;

const StateBase = {
  id: BrokerId,
  name: z.string(),
  /** Since when (epoch ms). */
  since: z.number(),
  /** Absent: none lately. */
  flood: Flood.optional(),
  /** Absent: connections last. */
  short: ShortConnections.optional(),
};
/** `text`: what it says for people, as it travels (Said) or in words. */
const stateWith = <T extends z.ZodType>(text: T) =>
  z.discriminatedUnion("state", [
    z.object({ ...StateBase, state: z.literal("connecting") }),
    z.object({
      ...StateBase,
      state: z.literal("connected"),
      /** Which of several addresses it is connected at. Absent: there is one, or it is not for this reader. */
      url: z.string().optional(),
      /** MQTT 5, or 3.1.1 where the broker refuses 5. */
      protocol: z.enum(["5", "3.1.1"]),
      /** Messages received a second, lately. */
      rate: z.number(),
      /** Topic filters that the broker refused, with its reason. */
      refused: z.array(z.object({ filter: z.string(), reason: text })),
      /** False: no command can go out yet. Absent: commands are taken. */
      takesCommands: z.literal(false).optional(),
    }),
    z.object({ ...StateBase, state: z.literal("offline"), fault: BrokerFault, reason: text }),
  ]);

export const BrokerState = stateWith(Said);
export type BrokerState = z.infer<typeof BrokerState>;
/** As programs read it over HTTP: in words. */
export const BrokerStateOut = stateWith(Wording);
export type BrokerStateOut = z.infer<typeof BrokerStateOut>;
