import { randomUUID } from "node:crypto";
import { mayAdminister } from "../../../lib/access";
import type { CommandId } from "../../../lib/ids";
import { err, ok } from "../../../lib/result";
import { type Said, say } from "../../../lib/texts/said";
import { parsePublishTopic } from "../../../lib/topics/parse";
import type {
  Brokers,
  Catalog,
  Clock,
  ConfigStore,
  LiveState,
  Log,
  People,
  PublishRefusal,
  PublishService,
} from "../../ports";
import { expiryOf } from "./gestureExpiry";
import { within } from "./within";

export interface PublishServiceParts {
  clock: Clock;
  log: Log;
  store: Pick<ConfigStore, "appendAudit">;
  brokers: Pick<Brokers, "connected" | "publish">;
  catalog: Pick<Catalog, "brokers" | "defaultBroker">;
  people: Pick<People, "recheck">;
  /** Names this run of the server. */
  live: Pick<LiveState, "epoch">;
}

/** As for commands: what could go out only later is one that the person no longer expects. */
const SLOW_MS = 1000;
const PER_SECOND = 5;
/** How much of a payload the audit tells. */
const AUDIT_CHARS = 500;

const refuse = (code: PublishRefusal["code"], message: Said, field?: string) =>
  err<PublishRefusal>(field === undefined ? { code, message } : { code, message, field });

/** Publishes by hand with a command's care: rules XP-30 … XP-34 of lib/SPEC.md. */
export function createPublishService({
  clock,
  log,
  store,
  brokers,
  catalog,
  people,
  live,
}: PublishServiceParts): PublishService {
  /** Of each person, when the last few were. */
  const recent = new Map<string, number[]>();

  function tooFast(user: string): boolean {
    const now = clock.monotonic();
    const times = (recent.get(user) ?? []).filter((at) => now - at < 1000);
    if (times.length >= PER_SECOND) return true;
    recent.set(user, [...times, now]);
    return false;
  }

  function refusedLate(topic: string, reason: Said, user: { id: string; name: string }, address: string | null): void {
    const detail = { code: "too-late", reason, userId: user.id };
    const row = {
      at: clock.now(),
      actor: user.name,
      action: "explorer.publish-refused",
      target: topic,
      detail,
      address,
    };
    store
      .appendAudit(row)
      .catch((error: unknown) => log.warn({ err: error }, "a refused message by hand could not be audited"));
  }

  /** Undefined when it could not be had, in time or at all. */
  async function got<T>(what: string, work: Promise<T>): Promise<T | undefined> {
    const answer = await within(
      clock,
      SLOW_MS,
      work.catch((error: unknown) => {
        log.error({ err: error }, what);
        return undefined;
      }),
    );
    return answer === "late" ? undefined : (answer as T | undefined);
  }

  return {
    async publish({ broker: named, topic: text, payload, qos, retain, expiry }, { session, address }) {
      const until = expiryOf(expiry, clock.now(), live.epoch);
      // not a text: for the log
      const access = await got("rights could not be checked", people.recheck(session));
      if (access === undefined) return refuse("unavailable", say("reply.rightsNotChecked"));
      if (!access || access.user === "anonymous" || !mayAdminister(access))
        return refuse("not-allowed", say("reply.publishNotAllowed"));
      if (!until.ok) {
        refusedLate(text, until.error, access.user, address);
        return refuse("too-late", until.error);
      }
      const topic = parsePublishTopic(text);
      if (!topic.ok) return refuse("bad-request", topic.error, "topic");
      const broker = named ?? catalog.defaultBroker();
      if (!broker) return refuse("not-found", say("reply.noBrokerConfigured"), "broker");
      if (!catalog.brokers().some(({ item }) => item.id === broker))
        return refuse("not-found", say("reply.noBroker", { broker }), "broker");
      if (tooFast(access.user.id)) return refuse("too-many", say("reply.tooManyByHand", { most: PER_SECOND }));
      if (!brokers.connected(broker)) return refuse("unavailable", say("reply.brokerNotConnected"));

      const clear = payload === "" && retain;
      const detail = {
        broker,
        qos,
        retain,
        ...(!clear && { payload: payload.slice(0, AUDIT_CHARS), bytes: Buffer.byteLength(payload) }),
        userId: access.user.id,
      };
      const action = clear ? "explorer.clear-retained" : "explorer.publish";
      const started = clock.monotonic();
      const written = store
        .appendAudit({ at: clock.now(), actor: access.user.name, action, target: topic.value, detail, address })
        .then(() => true);
      // not a text: for the log
      const audited = await got("a message by hand could not be audited", written);
      if (audited !== true || clock.monotonic() - started > SLOW_MS)
        return refuse("unavailable", say("reply.notAudited"));

      if (clock.now() > until.value) return refuse("too-late", say("commands.expired"));
      const commandId = randomUUID() as CommandId;
      const outcome = await brokers.publish({
        broker,
        topic: topic.value,
        payload,
        qos,
        retain,
        commandId,
        byHand: true,
      });
      if (outcome.outcome === "not-sent") return refuse("unavailable", say("reply.notSent", { why: outcome.reason }));
      return ok(outcome);
    },
  };
}
