import { type Access, mayOperate, mayView } from "../../../lib/access";
import { openReason } from "../../../lib/brokerView";
import type { Command, PointNow, RefusalCode } from "../../../lib/command";
import type { Value } from "../../../lib/reading";
import { err, ok, type Result } from "../../../lib/result";
import { secondsSaid } from "../../../lib/secondsText";
import { type Said, say } from "../../../lib/texts/said";
import { parsePublishTopic, type Topic } from "../../../lib/topics/parse";
import type { Actuator, Brokers, CommandAsked, LivePoint, LiveState } from "../../ports";
import type { CommandRates, Pace } from "./commandRates";

export interface Refusal {
  code: RefusalCode;
  reason: Said;
  /** `too-fast`: how long to wait, in ms. */
  retryAfter?: number;
  /** `changed`: what is there now. */
  now?: PointNow;
}

/** A command that may go out, if nothing changes before it does. */
export interface Cleared {
  actuator: Actuator;
  topic: Topic;
  payload: string;
  target: Value;
  user: { id: string; name: string };
  pace: Pace;
}

export interface CheckParts {
  brokers: Brokers;
  live: LiveState;
  now(): number;
  rates: CommandRates;
  /** The commands of a point that are under way. */
  underway(point: string): readonly { command: Command; userId: string }[];
  /** The last command to the point that was accepted, ended or not. */
  last(point: string): { command: Command; userId: string } | undefined;
}

const refuse = (code: RefusalCode, reason: Said): Result<never, Refusal> => err({ code, reason });

/** How long the broker may hold a command for a device, and until when a device that is told so may carry it out (rule CM-43). */
const COMMAND_EXPIRY_MS = 5000;

function paceOf({ info: { command } }: Actuator, reversal: boolean): Pace {
  if (command?.kind === "number" && command.send === "moving") return "moving";
  return reversal ? "reversal" : "single";
}

export function brokerReason(brokers: Brokers, id: string): Said | undefined {
  const state = brokers.states().find((s) => s.id === id);
  if (!state) return say("commands.brokerNotConfigured", { id });
  if (state.state === "offline")
    return say("commands.brokerOffline", { broker: state.name, why: openReason(state.fault) });
  if (state.state === "connecting") return say("commands.brokerConnecting", { broker: state.name });
  if (brokers.connected(state.id)) return undefined;
  return say("commands.brokerNotReady", { broker: state.name });
}

export function offlineReason(point: LivePoint | undefined): Said | undefined {
  if (point?.status.freshness !== "offline") return undefined;
  const why = point.status.reason;
  return why ? say("commands.deviceOfflineBecause", { why }) : say("commands.deviceOffline");
}

/** Off after on, by the same person: it must work at once, also while the first is still under way. */
const reverses = (request: CommandAsked, user: string, last: ReturnType<CheckParts["last"]>): boolean =>
  typeof request.value === "boolean" && last?.userId === user && last.command.value === !request.value;

/** The person acted on what the point was before somebody changed its registration. */
function changedSince(rev: number | undefined, { info, value, at }: LivePoint): Refusal | undefined {
  if (rev === undefined || info.rev === undefined || info.rev <= rev) return undefined;
  return {
    code: "changed",
    reason: say("commands.changed", { name: info.name }),
    now: { name: info.name, value, at },
  };
}

/**
 * All that can be decided from memory, in the order that section CM of lib/SPEC.md gives: right to operate, value, rate, broker, device,
 * nothing else under way, confirmation given. `access` must be as of now.
 */
export function checkCommand(parts: CheckParts, request: CommandAsked, access: Access): Result<Cleared, Refusal> {
  const { brokers, live, rates } = parts;
  const point = live.get(request.point);
  const actuator = live.actuator(request.point);
  const { user } = access;
  if (user === "anonymous") return refuse("not-signed-in", say("commands.signIn"));
  const name = point?.info.name ?? request.point;
  // Whoever may not see a point does not learn here that it exists.
  if (!point || !mayView(access, actuator?.rightsTopic ?? point.info.topic))
    return refuse("no-such-point", say("commands.noSuchPoint", { point: request.point }));
  if (!actuator) return refuse("not-an-actuator", say("commands.notAnActuator", { name }));
  if (!mayOperate(access, actuator.rightsTopic)) return refuse("not-allowed", say("commands.notAllowed", { name }));

  const changed = changedSince(request.rev, point);
  if (changed) return err(changed);

  const encoded = actuator.encode(request.value, parts.now() + COMMAND_EXPIRY_MS);
  if (!encoded.ok) return refuse("bad-value", encoded.error);
  const topic = parsePublishTopic(actuator.commandTopic);
  if (!topic.ok) return refuse("bad-topic", say("commands.badTopic", { name, why: topic.error }));

  const pace = paceOf(actuator, reverses(request, user.id, parts.last(request.point)));
  const underway = parts.underway(request.point);
  const wait = rates.check(user.id, request.point, pace);
  // Of two people who press at once the second hears who was first, not that it was too fast.
  const first = underway.find((other) => other.userId !== user.id);
  if (wait !== undefined) return err(first ? busy(first, user.id) : tooFast(wait));

  const broker = brokerReason(brokers, actuator.broker);
  if (broker !== undefined) return refuse("broker-down", broker);
  const offline = offlineReason(point);
  if (offline !== undefined) return refuse("device-offline", offline);

  const inTheWay = underway.find((other) => pace === "single" || other.userId !== user.id);
  if (inTheWay) return err(busy(inTheWay, user.id));
  const question = actuator.info.command?.ask;
  if (question !== undefined && request.confirmed !== true) return refuse("confirmation-needed", question);
  return ok({ actuator, topic: topic.value, ...encoded.value, user, pace });
}

function busy(other: { command: Command; userId: string }, user: string): Refusal {
  const reason = other.userId === user ? say("commands.busyOwn") : say("commands.busyOther", { by: other.command.by });
  return { code: "busy", reason };
}

const tooFast = (wait: number): Refusal => ({
  code: "too-fast",
  reason: say("commands.tooFast", { wait: secondsSaid(wait) }),
  retryAfter: wait,
});
