import { type Access, mayOperate, mayView } from "../../../lib/access";
import { openReason } from "../../../lib/brokerView";
import type { Command, PointNow, RefusalCode } from "../../../lib/command";
import type { Value } from "../../../lib/reading";
import { err, ok, type Result } from "../../../lib/result";
import { secondsText } from "../../../lib/secondsText";
import { parsePublishTopic, type Topic } from "../../../lib/topics/parse";
import type { Actuator, Brokers, CommandAsked, LivePoint, LiveState } from "../../ports";
import type { CommandRates, Pace } from "./commandRates";

export interface Refusal {
  code: RefusalCode;
  reason: string;
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

const refuse = (code: RefusalCode, reason: string): Result<never, Refusal> => err({ code, reason });

/** How long the broker may hold a command for a device, and until when a device that is told so may carry it out (rule CM-43). */
const COMMAND_EXPIRY_MS = 5000;

function paceOf({ info: { command } }: Actuator, reversal: boolean): Pace {
  if (command?.kind === "number" && command.send === "moving") return "moving";
  return reversal ? "reversal" : "single";
}

export function brokerReason(brokers: Brokers, id: string): string | undefined {
  const state = brokers.states().find((s) => s.id === id);
  if (!state) return `The broker "${id}" is not configured: ask an admin.`;
  if (state.state === "offline") return `The broker "${state.name}" is not connected: ${openReason(state.fault)}.`;
  if (state.state === "connecting") return `The broker "${state.name}" is being connected: try again in a moment.`;
  if (brokers.connected(state.id)) return undefined;
  return `The broker "${state.name}" does not take commands yet: try again in a moment.`;
}

export const offlineReason = (point: LivePoint | undefined): string | undefined =>
  point?.status.freshness === "offline"
    ? `The device is offline${point.status.reason ? `: ${point.status.reason}` : ""}. Try again when it is back.`
    : undefined;

/** Off after on, by the same person: it must work at once, also while the first is still under way. */
const reverses = (request: CommandAsked, user: string, last: ReturnType<CheckParts["last"]>): boolean =>
  typeof request.value === "boolean" && last?.userId === user && last.command.value === !request.value;

/** The person acted on what the point was before somebody changed its registration. */
function changedSince(rev: number | undefined, { info, value, at }: LivePoint): Refusal | undefined {
  if (rev === undefined || info.rev === undefined || info.rev <= rev) return undefined;
  return {
    code: "changed",
    reason: `Not sent: the settings of "${info.name}" were changed while this page showed the old ones. Check it, then repeat.`,
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
  if (user === "anonymous") return refuse("not-signed-in", "Sign in to operate devices.");
  const name = point?.info.name ?? request.point;
  // Whoever may not see a point does not learn here that it exists.
  if (!point || !mayView(access, actuator?.rightsTopic ?? point.info.topic))
    return refuse("no-such-point", `There is no point "${request.point}": it may have been renamed or deleted.`);
  if (!actuator) return refuse("not-an-actuator", `"${name}" is a sensor: it cannot be operated.`);
  if (!mayOperate(access, actuator.rightsTopic))
    return refuse("not-allowed", `You can view "${name}" but not control it: ask an admin for the right.`);

  const changed = changedSince(request.rev, point);
  if (changed) return err(changed);

  const encoded = actuator.encode(request.value, parts.now() + COMMAND_EXPIRY_MS);
  if (!encoded.ok) return refuse("bad-value", encoded.error);
  const topic = parsePublishTopic(actuator.commandTopic);
  if (!topic.ok) return refuse("bad-topic", `The command topic of "${name}" cannot be used: ${topic.error}`);

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
  const by = other.userId === user ? "Your own" : `${other.command.by}'s`;
  return { code: "busy", reason: `${by} command is still under way: wait until the device has answered it.` };
}

const tooFast = (wait: number): Refusal => ({
  code: "too-fast",
  reason: `Too many commands at once: try again in ${secondsText(wait)}.`,
  retryAfter: wait,
});
