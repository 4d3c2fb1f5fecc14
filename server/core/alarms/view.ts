import { type Access, mayAdminister, mayOperate, mayView } from "../../../lib/access";
import type { AlarmRule } from "../../../lib/alarms/rule";
import type { AlarmCounts, AlarmOut } from "../../../lib/api/alarms";
import type { PointId } from "../../../lib/ids";
import type { Alarms, ConfigStore, LivePoint, LiveState } from "../../ports";
import type { AlarmBook, AlarmEntry } from "./alarmBook";

const RANK = { critical: 0, warning: 1, notice: 2 } as const;
/** More than anybody reads; the counts tell of all. */
const MOST_LISTED = 1000;
/** Those that ask for a person come first. */
const ORDER = { active: 0, acknowledged: 1, suppressed: 2, shelved: 3, cleared: 4 } as const;

export interface AlarmViewParts {
  live: Pick<LiveState, "get">;
  book: AlarmBook;
  ruleOf(id: string): AlarmRule | undefined;
  store: Pick<ConfigStore, "alarmJournal">;
}

/** The alarms as one person may see them: by one of their points. */
export function createAlarmView({
  live,
  book,
  ruleOf,
  store,
}: AlarmViewParts): Pick<Alarms, "list" | "counts" | "find" | "journal"> {
  const pointOf = (id: string): LivePoint | undefined => live.get(id as PointId);

  /** A point that is gone has no topic to judge by: admins see it. */
  function isSeen(access: Access, id: string): boolean {
    const point = pointOf(id);
    return point ? mayView(access, point.info.topic) : mayAdminister(access);
  }

  /** Its device is offline: what its values would say nobody knows. */
  const isSuppressed = ({ when }: AlarmRule, { points }: AlarmEntry): boolean =>
    when.offline !== true && [...points].every((id) => pointOf(id)?.status.freshness === "offline");

  function stateOf(rule: AlarmRule, entry: AlarmEntry): AlarmOut["state"] | undefined {
    const { state, shelved } = entry.record;
    if (state.phase === "normal" || state.phase === "pending") return undefined;
    if (shelved) return "shelved";
    if (state.phase !== "cleared" && isSuppressed(rule, entry)) return "suppressed";
    return state.phase;
  }

  function show(entry: AlarmEntry, access: Access): AlarmOut | undefined {
    const rule = ruleOf(entry.rule);
    const id = book.idOf(entry);
    const { state, shelved } = entry.record;
    const shown = rule && stateOf(rule, entry);
    if (!rule || id === undefined || shown === undefined || !("id" in state)) return undefined;
    const points = [...entry.points].filter((point) => isSeen(access, point));
    if (points.length === 0 && !mayAdminister(access)) return undefined;
    const first = pointOf(points[0] ?? "")?.info;
    const whole = rule.when.offline ? (first?.device ?? first?.name) : first?.name;
    return {
      id,
      rule: rule.id,
      name: rule.name,
      ...(rule.text !== undefined && { text: rule.text }),
      level: rule.level,
      points,
      where: whole ?? entry.subject,
      ...(first?.unit !== undefined && { unit: first.unit }),
      state: shown,
      since: state.since,
      peak: state.peak,
      ...("endedAt" in state && state.endedAt !== undefined && { endedAt: state.endedAt }),
      ...(state.phase === "acknowledged" && {
        by: state.by,
        acknowledgedAt: state.acknowledgedAt,
        ...(state.note !== undefined && { note: state.note }),
      }),
      operable: points.some((point) => mayOperate(access, pointOf(point)?.info.topic)) || mayAdminister(access),
      ...(shelved && { shelvedUntil: shelved.until, shelvedBy: shelved.by }),
    };
  }

  function list(access: Access): AlarmOut[] {
    const shown = [...book.open()].map((entry) => show(entry, access)).filter((one) => one !== undefined);
    shown.sort((a, b) => ORDER[a.state] - ORDER[b.state] || RANK[a.level] - RANK[b.level] || b.since - a.since);
    return shown.slice(0, MOST_LISTED);
  }

  return {
    list,
    counts(access) {
      const counts: AlarmCounts = { critical: 0, warning: 0, notice: 0 };
      for (const entry of book.open()) {
        const rule = ruleOf(entry.rule);
        const state = rule && stateOf(rule, entry);
        if (!rule || (state !== "active" && state !== "acknowledged")) continue;
        if (mayAdminister(access) || [...entry.points].some((point) => isSeen(access, point))) counts[rule.level]++;
      }
      return counts;
    },
    find(id, access) {
      const entry = book.find(id);
      return entry && show(entry, access);
    },
    async journal(access, ask) {
      const rows = await store.alarmJournal(ask);
      const seen = rows.filter(({ rule, subject }) => {
        const { points } = book.entry(rule, subject);
        return mayAdminister(access) || [...points].some((point) => isSeen(access, point));
      });
      return { rows: seen, next: rows.length < ask.limit ? undefined : rows.at(-1)?.id };
    },
  };
}
