import { type Access, mayOperate } from "../../../lib/access";
import type { Command } from "../../../lib/command";
import { SHOWN_TO_ALL } from "../../../lib/inFlight";
import { err, ok, type Result } from "../../../lib/result";
import { type Said, say } from "../../../lib/texts/said";
import type { PlainKey } from "../../../lib/texts/t";
import { step } from "../../pipeline/commands";
import type {
  Brokers,
  Clock,
  CommandAsked,
  CommandService,
  ConfigStore,
  LiveState,
  Log,
  People,
  Session,
} from "../../ports";
import { brokerReason, checkCommand, offlineReason, type Refusal } from "./commandChecks";
import { createDismissal } from "./commandDismissal";
import { createCommandFates } from "./commandFates";
import { createCommandRates } from "./commandRates";
import { createCommandTracker, SUPERSEDED, type Tracked } from "./commandTracker";
import { idOf, nameOf, type Who } from "./commandWho";
import { expiryOf } from "./gestureExpiry";
import { createOtherCommands } from "./otherCommands";
import { createRecentCommands } from "./recentCommands";
import { createRefusalAudit } from "./refusalAudit";
import { createUnsettled } from "./unsettledCommands";
import { within } from "./within";

export interface CommandServiceParts {
  clock: Clock;
  log: Log;
  store: ConfigStore;
  brokers: Brokers;
  live: LiveState;
  people: People;
  /** Other processes have commands in the store: those that are open there may still be answered. */
  severalNodes?: boolean;
}

/** A refusal must be told within 100 ms; what would be refused anyway does not wait longer for the database. */
const QUICK_MS = 80;
/** A command that is older than this when it could go out is one that the person no longer expects. */
const SLOW_MS = 1_000;
/** The process must end within 5 s of SIGTERM. */
const STOP_MS = 2_000;
/** Where other nodes go on, nobody waits for this one to end: most devices report within it. */
const OUTCOME_MS = 1_000;
const RECOVER_AGAIN_MS = 5_000;
const RESTARTED = say("commands.restarted");
const USED_FOR_ANOTHER: Refusal = {
  code: "duplicate",
  reason: say("commands.idUsedForAnother"),
};
const USED_BEFORE: Refusal = {
  code: "duplicate",
  reason: say("commands.idUsedBefore"),
};
const STOPPED = say("commands.stopped");

/** Why the broker's connection sent nothing. */
const notSent = (why: Said): Said => say("commands.notSent", { why });

/** What went out nowhere is known in the same turn of the event loop; only then is a command told as sent. */
const thisTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Decides about every command and follows it to its end: rules CM of lib/SPEC.md. */
export function createCommandService(parts: CommandServiceParts): CommandService & { start(): Promise<void> } {
  const { clock, log, store, brokers, live, people } = parts;
  const tracker = createCommandTracker(parts);
  const rates = createCommandRates(clock);
  const recent = createRecentCommands(clock);
  const refusals = createRefusalAudit(parts);
  /** Counts changes of a person's rights, to notice one while the audit is being written. */
  const rightsChanges = new Map<string, number>();
  let stopping = false;
  let cancelRecovery = () => {};
  const sending = new Set<Promise<Command>>();
  const asFoundBy = ({ command, cleared }: Tracked) => ({ command, userId: cleared.user.id });
  const checks = {
    brokers,
    live,
    rates,
    now: clock.now,
    underway: (point: string) => tracker.underway(point).map(asFoundBy),
    last(point: string) {
      const last = tracker.last(point);
      return last && asFoundBy(last);
    },
  };

  const unlisten = people.onChange(({ userId }) => {
    rightsChanges.set(userId, (rightsChanges.get(userId) ?? 0) + 1);
  });

  function refuse({ id, point, value }: Pick<Command, "id" | "point" | "value">, who: Who, refusal: Refusal): Command {
    const { access } = who.session;
    const refused: Command = { id, point, value, by: nameOf(access), at: clock.now(), state: "refused", ...refusal };
    tracker.counters.refused = (tracker.counters.refused ?? 0) + 1;
    // Who may not operate the point cannot put a word on its tile either.
    const shown = SHOWN_TO_ALL.has(refusal.code) && mayOperate(access, live.actuator(point)?.rightsTopic);
    refusals.add(refused, who, shown);
    if (shown) live.applyCommand(refused);
    return refused;
  }

  const unavailable = (what: PlainKey): Refusal => ({
    code: "audit-unavailable",
    reason: say("commands.unavailable", { what: say(what) }),
  });

  /** Checked and reserved in one turn, so that of two at once the second finds the point busy. */
  function accept({ id, point, value, ...rest }: CommandAsked, access: Access): Result<Tracked, Refusal> {
    const checked = checkCommand(checks, { id, point, value, ...rest }, access);
    if (!checked.ok) return checked;
    const { user, pace } = checked.value;
    rates.take(user.id, point, pace);
    const command: Command = { id, point, value, by: user.name, at: clock.now(), state: "sent" };
    return ok(tracker.track(command, checked.value));
  }

  /** By the rights as of now. When the database is slow, what memory alone would refuse is refused without it. */
  async function decide(request: CommandAsked, session: Session): Promise<Result<Tracked, Refusal>> {
    const answer = people.recheck(session).then(
      (access) => ({ access }),
      (error: unknown) => {
        log.error({ err: error }, "rights could not be checked");
        return undefined;
      },
    );
    let now = await within(clock, QUICK_MS, answer);
    if (now === "late") {
      const early = checkCommand(
        { ...checks, rates: { check: () => undefined, take: () => {} } },
        request,
        session.access,
      );
      if (!early.ok) return early;
      now = await within(clock, SLOW_MS - QUICK_MS, answer);
    }
    if (now === "late" || now === undefined) return err(unavailable("commands.rightsNotChecked"));
    if (now.access === null) return err<Refusal>({ code: "not-signed-in", reason: say("commands.signedOut") });
    if (stopping) return err<Refusal>({ code: "shutting-down", reason: say("commands.shuttingDown") });
    return accept(request, now.access);
  }

  /** Durable before anything is published, or nothing is. */
  async function audit(tracked: Tracked, { address }: Who, expiresAt: number): Promise<Refusal | undefined> {
    const { command, cleared } = tracked;
    const { actuator, topic, payload } = cleared;
    const started = clock.monotonic();
    const rights = rightsChanges.get(cleared.user.id);
    const supersedes = tracker.underway(command.point).flatMap((other) => (other === tracked ? [] : other.command.id));
    const opening = store
      .openCommand({
        ...{ command, userId: cleared.user.id, address, supersedes },
        message: { broker: actuator.broker, topic, payload },
      })
      .catch((error: unknown) => {
        log.error({ err: error, command: command.id }, "a command could not be audited");
        return "failed" as const;
      });
    // A row that comes into being too late still gets its end, which is written behind it.
    tracked.row = opening.then((opened) => opened === "opened");
    const done = await within(clock, SLOW_MS, opening);
    if (done === "duplicate") return USED_BEFORE;
    if (done === "failed") return unavailable("commands.notAudited");
    if (typeof done === "object") return { code: "busy", reason: say("commands.busyOther", { by: done.openedBy }) };
    if (done === "late" || clock.monotonic() - started > SLOW_MS) return unavailable("commands.auditSlow");
    if (clock.now() > expiresAt) return { code: "too-late", reason: say("commands.expired") };
    return changedMeanwhile(tracked, rights);
  }

  /** The world may have moved while the row was written. */
  function changedMeanwhile(tracked: Tracked, rights: number | undefined): Refusal | undefined {
    const { actuator, user } = tracked.cleared;
    if (stopping) return { code: "shutting-down", reason: say("commands.shuttingDown") };
    if (rightsChanges.get(user.id) !== rights) return { code: "not-allowed", reason: say("commands.rightsChanged") };
    const broker = brokerReason(brokers, actuator.broker);
    if (broker !== undefined) return { code: "broker-down", reason: broker };
    const offline = offlineReason(live.get(actuator.point));
    if (offline !== undefined) return { code: "device-offline", reason: offline };
    if (tracker.overtaken(tracked)) return { code: "busy", reason: SUPERSEDED };
    return undefined;
  }

  async function publish(tracked: Tracked): Promise<void> {
    const { actuator, topic, payload } = tracked.cleared;
    const { id, point } = tracked.command;
    const { broker, qos, retain } = actuator;
    tracker.sent(tracked);
    const outcome = brokers.publish({ broker, topic, payload, qos, retain, commandId: id }).then(
      (result) => {
        const at = clock.now();
        const assumed = actuator.info.command?.assumed === true;
        if (result.outcome === "acked")
          tracker.apply(tracked, { type: "acked", at, assumed, ...(result.unheard && { unheard: result.unheard }) });
        else if (result.outcome === "failed")
          tracker.apply(tracked, { type: "failed", at, code: result.code, reason: result.reason });
        else if (result.outcome === "unknown") tracker.apply(tracked, { type: "lost", at, reason: result.reason });
        else tracker.apply(tracked, { type: "not-sent", code: "broker-down", reason: notSent(result.reason) });
      },
      (error: unknown) => {
        log.error({ err: error, command: id, point }, "publishing a command broke");
        tracker.apply(tracked, { type: "lost", at: clock.now(), reason: say("commands.brokeOff") });
      },
    );
    await Promise.race([outcome, thisTurn()]);
    if (tracked.command.state === "sent") live.applyCommand(tracked.command);
  }

  async function run(request: CommandAsked, who: Who): Promise<Command> {
    if (stopping)
      return refuse(request, who, {
        code: "shutting-down",
        reason: say("commands.shuttingDown"),
      });
    const expiry = expiryOf(request.expiry, clock.now(), live.epoch);
    if (!expiry.ok) return refuse(request, who, { code: "too-late", reason: expiry.error });
    const decided = await decide(request, who.session);
    if (!decided.ok) return refuse(request, who, decided.error);
    const tracked = decided.value;
    recent.follow(request.id, () => tracked.command);
    const refusal = await audit(tracked, who, expiry.value);
    if (refusal) {
      tracker.drop(tracked, refuse(request, who, refusal));
      return tracked.command;
    }
    await publish(tracked);
    return tracked.command;
  }

  const fates = createCommandFates({ clock, log, store, recent, refuse });
  const dismiss = createDismissal(parts);
  const unsettled = createUnsettled(parts, (id) => recent.has(id));
  const others = createOtherCommands(parts, (id) => recent.has(id));

  async function recover(): Promise<void> {
    const written: Promise<void>[] = [];
    try {
      if (parts.severalNodes) await others.changed(undefined);
      for (const command of parts.severalNodes ? [] : await store.openCommands()) {
        if (recent.has(command.id)) continue;
        const ended = step(command, { type: "restart", at: clock.now(), reason: RESTARTED });
        if (ended === command) continue;
        live.applyCommand(ended);
        written.push(tracker.write(ended));
      }
      await unsettled.read();
    } catch (error) {
      log.error({ err: error }, "the open commands of the last run could not be read; trying again");
      if (!stopping) cancelRecovery = clock.after(RECOVER_AGAIN_MS, () => void recover());
    }
    // The start does not wait for a database that is held by another.
    await within(clock, SLOW_MS, Promise.all(written));
  }

  return {
    start: recover,
    fate: fates.fate,
    dismiss,
    others,
    send(request, who) {
      const user = idOf(who.session.access);
      const known = recent.find(request, user);
      if (known === "other") {
        return Promise.resolve(refuse(request, who, USED_FOR_ANOTHER));
      }
      if (known) return known;
      const sent = run(request, who).finally(() => sending.delete(sent));
      sending.add(sent);
      recent.add(request, user, sent);
      return sent;
    },
    counters: () => ({ ...tracker.counters }),
    async stop() {
      stopping = true;
      cancelRecovery();
      unlisten();
      unsettled.stop();
      const all = Promise.allSettled(sending)
        .then(() => (parts.severalNodes ? within(clock, OUTCOME_MS, tracker.idle()) : undefined))
        .then(() => tracker.stop(STOPPED));
      if ((await within(clock, STOP_MS, all)) === "late")
        log.error({}, "not all commands could be written down in time");
    },
  };
}
