import { type Access, mayView } from "../../lib/access";
import { PointId } from "../../lib/ids";
import { err, ok, type Result } from "../../lib/result";
import { say } from "../../lib/texts/said";
import type { LivePoint, LiveState } from "../ports";
import { type Fault, notFound } from "./problem";

/** The point, if the caller may see it: else it is not there, and no one learns that it is. */
export function visiblePoint(live: LiveState, access: Access, id: string): Result<LivePoint, Fault> {
  const parsed = PointId.safeParse(id);
  const point = parsed.success ? live.get(parsed.data) : undefined;
  return point && isVisible(live, access, point)
    ? ok(point)
    : err({ ...notFound(say("problem.point", { id: id.slice(0, 200) })), code: "no-such-point" });
}

export const isVisible = (live: LiveState, access: Access, point: LivePoint): boolean =>
  mayView(access, rightsTopic(live, point));

/** An actuator without a state topic is known by the topic of its commands. */
export const rightsTopic = (live: LiveState, { info }: LivePoint): string | undefined =>
  live.actuator(info.id)?.rightsTopic ?? info.topic;
