import { type Access, mayOperate, mayView } from "../../lib/access";
import { openReason } from "../../lib/brokerView";
import type { Command, CommandRequest, RefusalCode } from "../../lib/command";
import type { Value } from "../../lib/reading";
import { err, ok, type Result } from "../../lib/result";
import { parsePublishTopic, type Topic } from "../../lib/topics/parse";
import type { Actuator, Brokers, LivePoint, LiveState } from "../ports";
import type { CommandRates } from "./commandRates";

export interface Refusal {
  code: RefusalCode;
  reason: string;
}

/** A command that may go out, if nothing changes before it does. */
export interface Cleared {
  actuator: Actuator;
  topic: Topic;
  payload: string;
  target: Value;
  user: { id: string; name: string };
  moving: boolean;
}

export interface CheckParts {
  brokers: Brokers;
  live: LiveState;
  rates: CommandRates;
  /** The commands of a point that are under way. */
  underway(point: string): readonly { command: Command; userId: string }[];
}

const refuse = (code: RefusalCode, reason: string): Result<never, Refusal> => err({ code, reason });

export const isMoving = (actuator: Actuator): boolean =>
  actuator.info.command?.kind === "number" && actuator.info.command.send === "moving";

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

/**
 * All that can be decided from memory, in the order of design.md §3.2: right to operate, value, rate, broker, device, nothing else
 * under way, confirmation given. `access` must be as of now.
 */
export function checkCommand(parts: CheckParts, request: CommandRequest, access: Access): Result<Cleared, Refusal> {
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
    return refuse("not-allowed", `You may look at "${name}" but not operate it: ask an admin for the right.`);

  const encoded = actuator.encode(request.value);
  if (!encoded.ok) return refuse("bad-value", encoded.error);
  const topic = parsePublishTopic(actuator.commandTopic);
  if (!topic.ok) return refuse("bad-topic", `The command topic of "${name}" cannot be used: ${topic.error}`);

  const moving = isMoving(actuator);
  const wait = rates.check(user.id, request.point, moving);
  if (wait !== undefined) {
    const seconds = (wait / 1000).toFixed(1);
    return refuse("too-fast", `Too many commands at once: try again in ${seconds} s.`);
  }

  const broker = brokerReason(brokers, actuator.broker);
  if (broker !== undefined) return refuse("broker-down", broker);
  const offline = offlineReason(point);
  if (offline !== undefined) return refuse("device-offline", offline);

  const inTheWay = parts.underway(request.point).find((other) => !moving || other.userId !== user.id);
  if (inTheWay) {
    const by = inTheWay.userId === user.id ? "Your own" : `${inTheWay.command.by}'s`;
    return refuse("busy", `${by} command is still under way: wait until the device has answered it.`);
  }
  const question = actuator.info.command?.ask;
  if (question !== undefined && request.confirmed !== true) return refuse("confirmation-needed", question);
  return ok({ actuator, topic: topic.value, ...encoded.value, user, moving });
}
