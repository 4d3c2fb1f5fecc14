import { type Command, isInFlight } from "../../lib/command";
import type { PointId } from "../../lib/ids";
import type { PointStatus, Value } from "../../lib/reading";
import { isSameSaid } from "../../lib/texts/said";
import type { LivePoint } from "../ports";

export interface ValueChange {
  reading?: { value: Value; at: number | null };
  status?: PointStatus;
}

/**
 * The newest value of every point, and the count of all changes since the start: each change is one revision. Ids come from
 * outside (a topic may be called `__proto__`), so they live in a Map. Rules LV-1, LV-2, LV-7.
 */
export interface LastValues {
  readonly rev: number;
  readonly size: number;
  get(id: PointId): LivePoint | undefined;
  /** How many points a registration has. */
  countOf(registration: string): number;
  add(info: LivePoint["info"], status: PointStatus): LivePoint;
  /** What is known of the point changed, its value did not. `meaning`: a command would mean something else now. */
  describe(info: LivePoint["info"], meaning?: "changed"): void;
  remove(id: PointId): void;
  /** One revision for a reading and what it does to the status; undefined when nothing changed. A reading is always a change. */
  apply(id: PointId, change: ValueChange): LivePoint | undefined;
  /** Undefined when the point is gone or the command is older than the one that is shown. */
  applyCommand(command: Command): LivePoint | undefined;
}

export function createLastValues(): LastValues {
  const points = new Map<PointId, LivePoint>();
  const counts = new Map<string, number>();
  let rev = 0;
  const keep = (point: LivePoint): LivePoint => {
    points.set(point.info.id, point);
    return point;
  };
  return {
    get rev() {
      return rev;
    },
    get size() {
      return points.size;
    },
    get: (id) => points.get(id),
    countOf: (registration) => counts.get(registration) ?? 0,
    add(info, status) {
      rev++;
      if (!points.has(info.id)) counts.set(info.registration, (counts.get(info.registration) ?? 0) + 1);
      return keep({
        info: withRevision(info, rev),
        value: null,
        at: null,
        status,
        rev,
        statusRev: rev,
        command: undefined,
        commandRev: 0,
      });
    },
    describe(info, meaning) {
      const old = points.get(info.id);
      if (!old) return;
      if (meaning === "changed") rev++;
      keep({ ...old, info: withRevision(info, meaning === "changed" ? rev : (old.info.rev ?? rev)) });
    },
    remove(id) {
      const registration = points.get(id)?.info.registration;
      if (registration === undefined) return;
      points.delete(id);
      const left = (counts.get(registration) ?? 0) - 1;
      if (left > 0) counts.set(registration, left);
      else counts.delete(registration);
    },
    apply(id, { reading, status }) {
      const old = points.get(id);
      if (!old) return undefined;
      const newStatus = status !== undefined && !sameStatus(old.status, status);
      if (!reading && !newStatus) return undefined;
      rev++;
      // Spelt out instead of spread: this runs for every reading.
      return keep({
        info: old.info,
        value: reading ? reading.value : old.value,
        at: reading ? reading.at : old.at,
        status: newStatus ? status : old.status,
        rev,
        statusRev: newStatus ? rev : old.statusRev,
        command: old.command,
        commandRev: old.commandRev,
      });
    },
    applyCommand(command) {
      const old = points.get(command.point);
      if (!old || !supersedes(command, old.command)) return undefined;
      rev++;
      return keep({ ...old, command, rev, commandRev: rev });
    },
  };
}

/** Only who operates a point must know since when it means what it means. */
const withRevision = (info: LivePoint["info"], rev: number): LivePoint["info"] =>
  info.command ? { ...info, rev } : info;

/** A refusal does not hide the command that is in the way of it, and a late end of an old command not the newer one. */
function supersedes(command: Command, shown: Command | undefined): boolean {
  if (!shown || shown.id === command.id) return true;
  return !isInFlight(shown) && command.at >= shown.at;
}

function sameStatus(a: PointStatus, b: PointStatus): boolean {
  return (
    a === b ||
    (a.freshness === b.freshness &&
      isSameSaid(a.reason, b.reason) &&
      a.since === b.since &&
      a.retained === b.retained &&
      a.every === b.every &&
      a.reject?.count === b.reject?.count &&
      a.reject?.at === b.reject?.at)
  );
}
