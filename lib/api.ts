import { z } from "zod";
import { Role } from "./access";
import { Broker, BrokerState } from "./broker";
import { Command } from "./command";
import { Dashboard } from "./dashboard";
import { CommandId, PointId, UserId } from "./ids";
import { nameText } from "./name";
import { PointInfo } from "./point";
import { PointStatus, Value } from "./reading";
import { Origin, Registration, Words } from "./registration";

/**
 * The HTTP API under /api/v1: bodies and answers. Errors are RFC 9457 problem details. Lists are bare arrays;
 * those with `&page` come in pages: ?limit (1,000 unless said) and ?cursor, the next one named by `Link: <…>; rel="next"` (RFC 8288).
 *
 *   session                     GET → SessionOut · POST LoginIn → SessionOut · DELETE → 204
 *   session/password            POST PasswordIn → 204
 *   setup                       POST SetupIn → SessionOut
 *   points                      GET ?registration&page → PointOut[]
 *   points/{id}                 GET → PointOut                 (slashes in the id: as they are, or %2F)
 *   points/{id}/history         GET ?from&to&width → HistorySeries (epoch ms or ISO 8601; the last hour unless said)
 *   points/{id}/message         GET → MessageOut | null (the newest message as it came; null: none since the start)
 *   points/{id}/image           GET ?hash → image/jpeg or image/png (the newest picture; 404: none since the start)
 *   points/{id}/readings        GET ?before&limit → ReadingsOut (the newest, oldest first)
 *   history                     GET ?points&points…&from&to&width → HistoriesOut
 *   history/export              GET ?points&points…&from&to&format → text/csv or application/jsonl, as a stream
 *   history/import              POST text/csv (point, time, value) ?dryRun → ImportOut
 *   backups                     GET → BackupsOut · POST → BackupOut (201; answers when it is made)
 *   backups/{name}              GET → application/x-tar, as a stream · DELETE (204)
 *   points/{id}/commands        GET ?limit → Command[] · POST CommandIn → Command
 *   (registrations: GET ?page; GET, PUT and DELETE of one registration, dashboard or broker: ETag and If-Match)
 *   dashboards, dashboards/{slug}        GET, POST (201), PUT, DELETE (204): Dashboard → DashboardOut
 *   registrations, registrations/{id}    GET, POST (201), PUT, DELETE (204): Registration → RegistrationOut
 *   registrations/{id}/usage    GET → Usage
 *   brokers, brokers/{id}       GET, POST Broker (201), PUT BrokerPatch, DELETE (204) → BrokerOut
 *   brokers/test                POST BrokerPatch → BrokerTest  (absent secrets: those stored under the id)
 *   found                       GET ?page → FoundOut[]
 *   found/keep-all              POST → KeptOut                 (all that is neither ignored nor withdrawn)
 *   found/{key}/keep            POST KeepIn → KeptOut
 *   found/{key}/ignore          POST IgnoreIn → 204
 *   found/{key}/clear           POST → ClearedOut              (its announcements, off the broker)
 *   discovery                   GET → DiscoveryOut · PUT DiscoveryIn → DiscoveryOut
 *   users, users/{id}           GET, POST UserIn (201), PATCH UserPatch, DELETE (204) → UserOut
 *   audit                       GET ?before&target&page → AuditEntry[] (newest first; `before` is the last id seen)
 */

export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string().optional(),
  /** The fields at fault, as JSON pointers into the body, with the mend. */
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  /** For programs: a refused command's reason, or which fence was met. */
  code: z.string().optional(),
  /** With `changed`: what is there now, as GET answers it. */
  current: z.unknown().optional(),
  /** The refused command. */
  command: Command.optional(),
  /** With 500: stands in the log beside the cause. */
  id: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;

/** `version` is the ETag of the one thing: PUT and DELETE with another If-Match answer 412 with the code `changed`. */
const withOrigin = { origin: Origin, version: z.number().int().nonnegative() };

export const RegistrationOut = z.object({ ...withOrigin, registration: Registration, points: z.number() });
export type RegistrationOut = z.infer<typeof RegistrationOut>;

/** Which tiles would lose their point if a registration went. */
export const Usage = z.object({
  tiles: z.array(z.object({ dashboard: z.string(), title: z.string(), point: z.string(), tile: z.string() })),
});
export type Usage = z.infer<typeof Usage>;

export const PointOut = PointInfo.extend({
  value: Value,
  /** Epoch ms; null when never seen. */
  at: z.number().nullable(),
  status: PointStatus,
  command_state: Command.nullable(),
});
export type PointOut = z.infer<typeof PointOut>;

export const CommandIn = z.strictObject({ id: CommandId.optional(), value: Value, confirmed: z.boolean().optional() });

export const DashboardOut = Dashboard.extend(withOrigin);
export type DashboardOut = z.infer<typeof DashboardOut>;

/** A broker as everybody who may look may see it: that it is there, and whether it is connected. */
export const BrokerSeen = z.object({
  origin: Origin,
  broker: Broker.pick({ id: true, name: true }),
  state: BrokerState,
});
export type BrokerSeen = z.infer<typeof BrokerSeen>;

/** A broker as admins see it: secrets are write-only, `has` says which are set. */
export const BrokerOut = z.object({
  ...withOrigin,
  broker: Broker.omit({ password: true, key: true }),
  has: z.object({ password: z.boolean(), key: z.boolean() }),
  /** Stored, but sealed with another installation's secret: to be entered again. */
  unreadable: z.array(z.enum(["password", "key"])).optional(),
  state: BrokerState,
});
export type BrokerOut = z.infer<typeof BrokerOut>;

/** On change an absent secret stays as it is; null removes it. */
export const BrokerPatch = Broker.omit({ password: true, key: true }).extend({
  password: z.string().max(4000).nullable().optional(),
  key: z.string().max(100_000).nullable().optional(),
});
export type BrokerPatch = z.infer<typeof BrokerPatch>;

export const BrokerTest = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), protocol: z.enum(["5", "3.1.1"]), ms: z.number() }),
  z.object({ ok: z.literal(false), fault: z.string(), reason: z.string() }),
]);
export type BrokerTest = z.infer<typeof BrokerTest>;

export const Username = z
  .string()
  .regex(/^[a-zA-Z0-9_.-]{2,40}$/, 'a user name must be 2 to 40 of letters, digits, ".", "-" and "_"');
export const Password = z
  .string()
  .min(8, "a password must have at least 8 characters")
  .max(128, "a password must have at most 128 characters");

export const UserIn = z.strictObject({
  username: Username,
  name: nameText(100).optional(),
  password: Password,
  role: Role,
});
export const UserPatch = z.strictObject({
  name: nameText(100, 1).optional(),
  role: Role.optional(),
  password: Password.optional(),
});
export const UserOut = z.object({
  id: UserId,
  username: z.string(),
  name: z.string(),
  role: Role,
  createdAt: z.number(),
});
export type UserOut = z.infer<typeof UserOut>;

export const LoginIn = z.strictObject({ username: z.string().min(1).max(100), password: z.string().min(1).max(200) });
export const SetupIn = z.strictObject({ token: z.string().min(1).max(200), username: Username, password: Password });
export const PasswordIn = z.strictObject({ current: z.string().min(1).max(200), next: Password });

/** Who the caller is. */
export const SessionOut = z.object({
  user: z.object({ id: z.string(), username: z.string(), name: z.string() }).nullable(),
  /** null: not signed in and nothing may be looked at. */
  role: Role.nullable(),
  setupNeeded: z.boolean(),
});
export type SessionOut = z.infer<typeof SessionOut>;

/** One line of the trail: what was done, by whom, to what, from where. Commands and every change of configuration or people. */
export const AuditEntry = z.object({
  id: z.number(),
  at: z.number(),
  actor: z.string(),
  action: z.string(),
  target: z.string(),
  detail: z.record(z.string(), z.unknown()),
  address: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** The last reading before the span: a line or a state reaches in from there. Null when there is none. */
const Before = z.object({ t: z.number(), value: Value }).nullable();
const Numbers = z.array(z.number());

/**
 * What a chart shows of one point over a span, as columns; times are epoch ms. `raw`: the readings themselves, where they are few;
 * of a point that is no number its changes. Else buckets of `step` ms, aligned to the epoch, `t` the start of each: those without
 * readings are left out, and the first and the last may reach beyond the span. Named by the roll-up that they are, or `bucket`.
 */
export const HistorySeries = z.union([
  z.object({ tier: z.literal("raw"), t: Numbers, value: z.array(Value), before: Before }),
  z.object({
    tier: z.enum(["1m", "15m", "6h", "bucket"]),
    step: z.number(),
    t: Numbers,
    min: Numbers,
    max: Numbers,
    mean: Numbers,
    count: Numbers,
    before: Before,
    /** The time of the newest reading up to the end of the last bucket: what is newer is not in them. */
    newest: z.number().optional(),
  }),
]);
export type HistorySeries = z.infer<typeof HistorySeries>;

/** Raw readings, oldest first. */
export const ReadingsOut = z.object({ t: Numbers, value: z.array(Value) });
export type ReadingsOut = z.infer<typeof ReadingsOut>;

/** The newest message on a point's topic since the start, as it came. */
export const MessageOut = z.object({
  topic: z.string(),
  /** Epoch ms, by the server's clock. */
  at: z.number(),
  retained: z.boolean(),
  /** Bytes of the whole payload. */
  size: z.number(),
  /** Its beginning as base64, shorter than `size` where it was cut; null: there was no room to keep it. */
  payload: z.string().nullable(),
});
export type MessageOut = z.infer<typeof MessageOut>;

/** What became of a CSV of history: `rows` were read, `refused` of them do not fit; `known` were there already. */
export const ImportOut = z.object({
  dryRun: z.boolean(),
  rows: z.number(),
  /** Written; in a dry run 0. */
  added: z.number(),
  /** In a dry run 0: it does not look. */
  known: z.number(),
  refused: z.number(),
  /** The first of them. */
  reasons: z.array(z.object({ line: z.number(), reason: z.string() })),
  /** Points that are named and are not there, the first of them, with the number of lines that name them. */
  unknown: z.array(z.object({ point: z.string(), rows: z.number() })),
  /** Of what fits: how many points, and from when to when in epoch ms; null where nothing fits. */
  points: z.number(),
  from: z.number().nullable(),
  to: z.number().nullable(),
});
export type ImportOut = z.infer<typeof ImportOut>;

/** A backup that lies in the data folder. `made` in epoch ms. It holds both databases, not the secret. */
export const BackupOut = z.object({
  name: z.string(),
  made: z.number(),
  bytes: z.number(),
  /** Of the Telltale that made it. */
  version: z.string(),
});
export type BackupOut = z.infer<typeof BackupOut>;

/** `making`: since when one is being made, in epoch ms; null: none is. */
export const BackupsOut = z.object({ backups: z.array(BackupOut), making: z.number().nullable() });
export type BackupsOut = z.infer<typeof BackupsOut>;

/** Several points over one span, in the order asked for. */
export const HistoriesOut = z.object({
  from: z.number(),
  to: z.number(),
  series: z.array(z.object({ point: PointId, history: HistorySeries })),
});
export type HistoriesOut = z.infer<typeof HistoriesOut>;

/** `ask`: what is found waits on the "Found" page; `add`: it is registered by itself; `off`: nothing is looked for. */
export const DiscoveryMode = z.enum(["off", "ask", "add"]);
export type DiscoveryMode = z.infer<typeof DiscoveryMode>;
export const DiscoveryIn = z.strictObject({ mode: DiscoveryMode });
export const DiscoveryOut = z.object({
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
});
export type DiscoveryOut = z.infer<typeof DiscoveryOut>;

/** One point that an entity would become, with what it says right now. */
export const FoundValue = z.object({
  role: z.string(),
  registration: z.string(),
  name: z.string(),
  value: Value.optional(),
  unit: z.string().optional(),
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
export const FoundOut = z.object({
  id: z.string(),
  broker: z.string(),
  conventions: z.array(z.string()),
  name: z.string(),
  maker: z.string().optional(),
  model: z.string().optional(),
  area: z.string().optional(),
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
});
export type FoundOut = z.infer<typeof FoundOut>;

export const KeepIn = z.strictObject({ entities: z.array(z.string().max(200)).max(1000).optional() });
export const KeptOut = z.object({ kept: z.number() });
/** Which announcements were cleared, and which were not and why. */
export const ClearedOut = z.object({
  cleared: z.number(),
  failed: z.array(z.object({ topic: z.string(), reason: z.string() })),
});
export type ClearedOut = z.infer<typeof ClearedOut>;
export const IgnoreIn = z.strictObject({ ignored: z.boolean().default(true) });
