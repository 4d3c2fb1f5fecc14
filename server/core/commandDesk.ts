import type { Access } from "../../lib/access";
import type { Command, CommandRequest, RefusalCode } from "../../lib/command";
import { err, ok, type Result } from "../../lib/result";
import { step } from "../pipeline/commands";
import type { Brokers, Clock, CommandDesk, ConfigStore, LiveState, Log, People, Session } from "../ports";
import { brokerReason, checkCommand, offlineReason, type Refusal } from "./commandChecks";
import { createCommandRates } from "./commandRates";
import { createCommandTracker, SUPERSEDED, type Tracked } from "./commandTracker";
import { createRecentCommands } from "./recentCommands";
import { createRefusalAudit } from "./refusalAudit";
import { within } from "./within";

export interface CommandDeskParts {
  clock: Clock;
  log: Log;
  store: ConfigStore;
  brokers: Brokers;
  live: LiveState;
  people: People;
}

/** A refusal must be told within 100 ms; what would be refused anyway does not wait longer for the database. */
const QUICK_MS = 80;
/** A command that is older than this when it could go out is one that the person no longer expects. */
const SLOW_MS = 1_000;
/** The process must end within 5 s of SIGTERM. */
const STOP_MS = 2_000;
const RECOVER_AGAIN_MS = 5_000;
const RESTARTED = "Telltale was restarted while it was under way.";
const STOPPED = "Telltale was stopped while it was under way.";

/** Faults of the thing and not of the person who asked: everyone who looks at it should know. */
const SHOWN_TO_ALL: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  "broker-down",
  "device-offline",
  "audit-unavailable",
  "bad-topic",
  "shutting-down",
]);

interface Who {
  session: Session;
  address: string | null;
}

const nameOf = (access: Access): string => (access.user === "anonymous" ? "anonymous" : access.user.name);
const idOf = (access: Access): string => (access.user === "anonymous" ? "" : access.user.id);
/** What went out nowhere is known in the same turn of the event loop; only then is a command told as sent. */
const thisTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Decides about every command and follows it to its end: design.md §3, rules CM of lib/SPEC.md. */
export function createCommandDesk(parts: CommandDeskParts): CommandDesk & { start(): Promise<void> } {
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
  const checks = {
    brokers,
    live,
    rates,
    underway: (point: string) =>
      tracker.underway(point).map(({ command, cleared }) => ({ command, userId: cleared.user.id })),
  };

  const unlisten = people.onChange(({ userId }) => {
    rightsChanges.set(userId, (rightsChanges.get(userId) ?? 0) + 1);
  });

  function refuse(request: CommandRequest, who: Who, { code, reason }: Refusal): Command {
    const { id, point, value } = request;
    const refused: Command = {
      id,
      point,
      value,
      by: nameOf(who.session.access),
      at: clock.now(),
      state: "refused",
      code,
      reason,
    };
    tracker.counters.refused = (tracker.counters.refused ?? 0) + 1;
    refusals.add(refused, who);
    if (SHOWN_TO_ALL.has(code)) live.applyCommand(refused);
    return refused;
  }

  const unavailable = (what: string): Refusal => ({
    code: "audit-unavailable",
    reason: `${what}, so nothing was sent. Try again; if it stays so, tell an admin: the database does not answer.`,
  });

  /** Checked and reserved in one turn, so that of two at once the second finds the point busy. */
  function accept({ id, point, value, ...rest }: CommandRequest, access: Access): Result<Tracked, Refusal> {
    const checked = checkCommand(checks, { id, point, value, ...rest }, access);
    if (!checked.ok) return checked;
    const { user, moving } = checked.value;
    rates.take(user.id, point, moving);
    const command: Command = { id, point, value, by: user.name, at: clock.now(), state: "sent" };
    return ok(tracker.track(command, checked.value));
  }

  /** By the rights as of now. When the database is slow, what memory alone would refuse is refused without it. */
  async function decide(request: CommandRequest, session: Session): Promise<Result<Tracked, Refusal>> {
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
    if (now === "late" || now === undefined) return err(unavailable("Your rights could not be checked"));
    if (now.access === null)
      return err<Refusal>({ code: "not-signed-in", reason: "You are signed out: sign in again." });
    if (stopping)
      return err<Refusal>({ code: "shutting-down", reason: "Telltale is shutting down: try again in a moment." });
    return accept(request, now.access);
  }

  /** Durable before anything is published, or nothing is. */
  async function audit(tracked: Tracked, { address }: Who): Promise<Refusal | undefined> {
    const { command, cleared } = tracked;
    const started = clock.now();
    const rights = rightsChanges.get(cleared.user.id);
    const opened = store.openCommand({ command, userId: cleared.user.id, address }).then(
      () => true,
      (error: unknown) => {
        log.error({ err: error, command: command.id }, "a command could not be audited");
        return false;
      },
    );
    // A row that comes into being too late still gets its end, which is written behind it.
    tracked.row = opened;
    const done = await within(clock, SLOW_MS, opened);
    if (done === false) return unavailable("The command could not be written to the audit");
    if (done === "late" || clock.now() - started > SLOW_MS) return unavailable("Writing the audit took too long");
    return changedMeanwhile(tracked, rights);
  }

  /** The world may have moved while the row was written. */
  function changedMeanwhile(tracked: Tracked, rights: number | undefined): Refusal | undefined {
    const { actuator, user } = tracked.cleared;
    if (stopping) return { code: "shutting-down", reason: "Telltale is shutting down: try again in a moment." };
    if (rightsChanges.get(user.id) !== rights)
      return { code: "not-allowed", reason: "Your session or rights changed just now: try again." };
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
        if (result.outcome === "acked") tracker.apply(tracked, { type: "acked", at, assumed });
        else if (result.outcome === "failed")
          tracker.apply(tracked, { type: "failed", at, code: result.code, reason: result.reason });
        else if (result.outcome === "unknown") tracker.apply(tracked, { type: "lost", at, reason: result.reason });
        else tracker.apply(tracked, { type: "not-sent", code: "broker-down", reason: `Not sent: ${result.reason}` });
      },
      (error: unknown) => {
        log.error({ err: error, command: id, point }, "publishing a command broke");
        tracker.apply(tracked, { type: "lost", at: clock.now(), reason: "Publishing broke off." });
      },
    );
    await Promise.race([outcome, thisTurn()]);
    if (tracked.command.state === "sent") live.applyCommand(tracked.command);
  }

  async function run(request: CommandRequest, who: Who): Promise<Command> {
    if (stopping)
      return refuse(request, who, {
        code: "shutting-down",
        reason: "Telltale is shutting down: try again in a moment.",
      });
    const decided = await decide(request, who.session);
    if (!decided.ok) return refuse(request, who, decided.error);
    const tracked = decided.value;
    recent.follow(request.id, () => tracked.command);
    const refusal = await audit(tracked, who);
    if (refusal) {
      tracker.drop(tracked, refuse(request, who, refusal));
      return tracked.command;
    }
    await publish(tracked);
    return tracked.command;
  }

  async function recover(): Promise<void> {
    const written: Promise<void>[] = [];
    try {
      for (const command of await store.openCommands()) {
        if (recent.has(command.id)) continue;
        const ended = step(command, { type: "restart", at: clock.now(), reason: RESTARTED });
        if (ended === command) continue;
        live.applyCommand(ended);
        written.push(tracker.write(ended));
      }
    } catch (error) {
      log.error({ err: error }, "the open commands of the last run could not be read; trying again");
      if (!stopping) cancelRecovery = clock.after(RECOVER_AGAIN_MS, () => void recover());
    }
    // The start does not wait for a database that is held by another.
    await within(clock, SLOW_MS, Promise.all(written));
  }

  return {
    start: recover,
    send(request, who) {
      const user = idOf(who.session.access);
      const known = recent.find(request, user);
      if (known === "other") {
        const reason = "This command's id was used for another command: make a new one for every gesture.";
        return Promise.resolve(refuse(request, who, { code: "duplicate", reason }));
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
      const all = Promise.allSettled(sending).then(() => tracker.stop(STOPPED));
      if ((await within(clock, STOP_MS, all)) === "late")
        log.error({}, "not all commands could be written down in time");
    },
  };
}
