import { type Access, mayOperate, mayView } from "../../lib/access";
import { brokerStatesFor } from "../../lib/brokerView";
import { tilesIn } from "../../lib/dashboard/tilesIn";
import { glyphOf } from "../../lib/glyphs/glyphOf";
import type { PointId } from "../../lib/ids";
import type { PointInfo } from "../../lib/point";
import type { CatchUp, Snapshot, View } from "../../lib/protocol";
import { tilePoints } from "../../lib/tilePoints";
import type { Brokers, Catalog, LivePoint, LiveState } from "../ports";
import { changesSince } from "./frames";

/**
 * What someone sees of a view: used by the page's first paint and by the sockets alike, so that the socket can take over from the
 * revision in the page. Rules FR-10 … FR-13.
 */
export interface ResolvedView {
  /** Names the set of points as this person may see them: the same for everyone who sees the same. */
  readonly room: string;
  readonly points: readonly PointInfo[];
  readonly ids: readonly PointId[];
  readonly access: Access;
}

/** A view is resolved and painted at once: without a limit one request held everybody's frames for seconds. */
const MAX_EVERYTHING = 1000;

type State = Pick<LiveState, "get" | "points" | "actuator">;
type Dashboards = Pick<Catalog, "dashboards">;

/** A digest of one length, without collisions: see server/sha256.ts. */
type Digest = (text: string) => string;

/** The view's points that may be seen, in the order of its tiles; undefined: there is no such dashboard. */
export function resolveView(
  live: State,
  catalog: Dashboards,
  access: Access,
  view: View,
  digest: Digest,
): ResolvedView | undefined {
  const wanted = pointsOf(live, catalog, view);
  if (!wanted) return undefined;
  const points: PointInfo[] = [];
  const digests: string[] = [];
  for (const point of wanted) {
    if (view.kind === "everything" && points.length >= MAX_EVERYTHING) break;
    const seen = seenPoint(live, access, point);
    if (!seen) continue;
    points.push(seen.info);
    seen.digest ??= digest(JSON.stringify(seen.info));
    digests.push(seen.digest);
  }
  // Each of one length, so that no two lists make one text.
  return { room: digest(digests.join("")), points, ids: points.map((info) => info.id), access };
}

type Actuators = Pick<LiveState, "actuator">;
const topicOf = (live: Actuators, { info }: LivePoint): string | undefined =>
  info.topic ?? live.actuator(info.id)?.rightsTopic;

export const maySee = (live: Actuators, access: Access, point: LivePoint): boolean =>
  mayView(access, topicOf(live, point));

/** How many points this person may see. Each page of the navigation shows it: the points are walked only for rights on a part of them. */
export function countSeen(live: Actuators & Pick<LiveState, "points" | "size">, access: Access): number {
  if (mayView(access, undefined)) return live.size;
  let count = 0;
  for (const point of live.points()) if (maySee(live, access, point)) count++;
  return count;
}

/** People with the same key have the same rights. */
export const rightsOf = ({ user, role, grants }: Access): string =>
  JSON.stringify([user === "anonymous", role, grants.map((grant) => [grant.role, grant.filter])]);

/** The point as this person may see it; undefined: not at all. */
export const seenBy = (live: State, access: Access, point: LivePoint): PointInfo | undefined =>
  seenPoint(live, access, point)?.info;

interface Seen {
  readonly info: PointInfo;
  /** Of all that is in `info`. */
  digest: string | undefined;
}

/**
 * Everybody sees a point in one of two ways, and an info is never changed in place: made once for each, not for each person who opens a
 * page of a thousand points.
 */
const seen = { operable: new WeakMap<LivePoint["info"], Seen>(), readable: new WeakMap<LivePoint["info"], Seen>() };

function seenPoint(live: State, access: Access, point: LivePoint): Seen | undefined {
  const topic = topicOf(live, point);
  if (!mayView(access, topic)) return undefined;
  const operable = point.info.command !== undefined && mayOperate(access, topic);
  const known = operable ? seen.operable : seen.readable;
  const made = known.get(point.info);
  if (made) return made;
  const info: PointInfo = { operable, ...point.info, icon: glyphOf(point.info) };
  const one: Seen = { info, digest: undefined };
  known.set(point.info, one);
  return one;
}

export function snapshotOf(
  live: State & Pick<LiveState, "epoch" | "rev">,
  brokers: Pick<Brokers, "states">,
  { room, points, ids, access }: ResolvedView,
  now: number,
): Snapshot {
  return {
    room,
    epoch: live.epoch,
    rev: live.rev,
    now,
    points: [...points],
    ...changesSince(ids, live.get, -1),
    brokers: brokerStatesFor(access, brokers.states()),
  };
}

/** The shortest way from where a client stands to now: a difference where it has this room of this epoch, else all. */
export function catchUp(
  live: State & Pick<LiveState, "epoch" | "rev">,
  brokers: Pick<Brokers, "states">,
  view: ResolvedView,
  has: { room?: string; since?: { epoch: string; rev: number } },
  now: number,
): CatchUp {
  const { since } = has;
  if (has.room !== view.room || !since || since.epoch !== live.epoch || since.rev > live.rev)
    return { kind: "snapshot", ...snapshotOf(live, brokers, view, now) };
  return {
    kind: "difference",
    room: view.room,
    epoch: live.epoch,
    rev: live.rev,
    now,
    ...changesSince(view.ids, live.get, since.rev),
    brokers: brokerStatesFor(view.access, brokers.states()),
  };
}

function pointsOf(live: State, catalog: Dashboards, view: View): Iterable<LivePoint> | undefined {
  switch (view.kind) {
    case "everything":
      return live.points();
    case "points":
      return known(live, view.points);
    case "dashboard": {
      const dashboard = catalog.dashboards().find(({ item }) => item.slug === view.slug)?.item;
      return dashboard && known(live, tilesIn(dashboard).flatMap(tilePoints));
    }
  }
}

function* known(live: State, ids: Iterable<PointId>): Iterable<LivePoint> {
  for (const id of new Set(ids)) {
    const point = live.get(id);
    if (point) yield point;
  }
}
