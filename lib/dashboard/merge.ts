import type { Dashboard, Tile } from "../dashboard";
import { apply, placeOf } from "./apply";
import { diff, headOf, isSame } from "./diff";
import type { Op, SectionHead } from "./ops";
import { removeSection } from "./step";

/** What two editors made of one thing, where not both can be had. Null: removed it. */
export interface Conflict {
  what: "title" | "section" | "tile";
  /** Of the tile or section. */
  id: string | null;
  mine: Tile | SectionHead | string | null;
  theirs: Tile | SectionHead | string | null;
  /** The steps that do mine all the same, upon the merged dashboard. */
  ops: Op[];
}

export interface Merged {
  /** Theirs, with everything of mine that does not conflict. */
  dashboard: Dashboard;
  conflicts: Conflict[];
}

/**
 * Merges two edits of `base`. Fields of a tile or section merge one by one, and so does its place; of what one removed and the other
 * changed, and of one field that both changed otherwise, both sides are answered. The server and the editor call this same function.
 */
export function merge(base: Dashboard, mine: Dashboard, theirs: Dashboard): Merged {
  if (isSame(base, theirs)) return { dashboard: mine, conflicts: [] };
  const their = touchedBy(diff(base, theirs));
  const conflicts = new Map<string, Conflict>();
  let dashboard = theirs;
  for (const op of diff(base, mine)) {
    const split = splitOp(op, their, theirs);
    for (const free of split.free) {
      const next = holdsMore(free, dashboard) ? undefined : apply(dashboard, anchored(free, mine, dashboard));
      if (next) dashboard = next;
      else split.taken.push(free);
    }
    for (const taken of split.taken) note(conflicts, taken, mine, theirs);
  }
  return { dashboard, conflicts: [...conflicts.values()] };
}

/** Does mine in each of these conflicts. What the other put into a section that I removed goes to the section beside it. */
export function overrule(dashboard: Dashboard, mine: Dashboard, conflicts: readonly Conflict[]): Dashboard {
  let now = dashboard;
  for (const op of conflicts.flatMap(({ ops }) => ops)) {
    const steps = op.op === "section.remove" ? removeSection(now, op.id) : [anchored(op, mine, now)];
    for (const step of steps) now = apply(now, step) ?? now;
  }
  return now;
}

/** A section is removed when mine has taken its tiles out of it: what is still there, the other has put or changed. */
const holdsMore = (op: Op, { sections }: Dashboard): boolean =>
  op.op === "section.remove" && sections.some(({ id, tiles }) => id === op.id && tiles.length > 0);

/** What an edit touched: each field and each place, and what it removed. */
interface Touched {
  keys: Map<string, unknown>;
  things: Set<string>;
  removed: Set<string>;
}

const thingOf = (op: Op): string => {
  switch (op.op) {
    case "title":
      return "title";
    case "section.add":
      return `section ${op.section.id}`;
    case "tile.add":
      return `tile ${op.tile.id}`;
    default:
      return `${op.op.startsWith("section") ? "section" : "tile"} ${op.id}`;
  }
};

/** The parts of a thing that a step sets, with what to. */
function partsOf(op: Op): [key: string, value: unknown][] {
  const thing = thingOf(op);
  switch (op.op) {
    case "title":
      return [[thing, op.title]];
    case "section.change":
    case "tile.resize":
    case "tile.change":
      return Object.entries(op.changes).map(([field, value]) => [`${thing} ${field}`, value]);
    case "section.move":
      return [[`${thing} place`, op.after]];
    case "tile.move":
      return [[`${thing} place`, [op.section, op.after]]];
    default:
      return [];
  }
}

function touchedBy(ops: readonly Op[]): Touched {
  const touched: Touched = { keys: new Map(), things: new Set(), removed: new Set() };
  for (const op of ops) {
    const thing = thingOf(op);
    if (op.op === "section.remove" || op.op === "tile.remove") touched.removed.add(thing);
    else touched.things.add(thing);
    for (const [key, value] of partsOf(op)) touched.keys.set(key, value);
  }
  return touched;
}

/** What of a step can be done upon theirs, and what meets theirs. What both did alike is neither. */
function splitOp(op: Op, their: Touched, theirs: Dashboard): { free: Op[]; taken: Op[] } {
  const thing = thingOf(op);
  const free = { free: [op], taken: [] };
  const taken = { free: [], taken: [op] };
  const done = { free: [], taken: [] };
  if (op.op === "section.remove" || op.op === "tile.remove") {
    if (their.removed.has(thing)) return done;
    return their.things.has(thing) ? taken : free;
  }
  if (their.removed.has(thing)) return taken;
  if ((op.op === "tile.add" || op.op === "tile.move") && their.removed.has(`section ${op.section}`)) return taken;
  if (op.op === "tile.add" || op.op === "section.add") {
    const there = thingIn(theirs, op);
    return there === null ? free : isSame(there, op.op === "tile.add" ? op.tile : op.section) ? done : taken;
  }
  if (!("changes" in op)) {
    const [[key, value] = ["", undefined]] = partsOf(op);
    return !their.keys.has(key) ? free : isSame(their.keys.get(key), value) ? done : taken;
  }
  const part = (want: (field: string, value: unknown) => boolean): Op[] => {
    const changes = Object.fromEntries(Object.entries(op.changes).filter(([field, value]) => want(field, value)));
    return Object.keys(changes).length > 0 ? [{ ...op, changes } as Op] : [];
  };
  const key = (field: string) => `${thing} ${field}`;
  return {
    free: part((field) => !their.keys.has(key(field))),
    taken: part((field, value) => their.keys.has(key(field)) && !isSame(their.keys.get(key(field)), value)),
  };
}

/** A thing as one of the two has it. */
function thingIn(dashboard: Dashboard, op: Op): Conflict["mine"] {
  if (op.op === "title") return dashboard.title;
  const [what, id = ""] = thingOf(op).split(/ (.*)/s);
  if (what === "tile") return placeOf(dashboard, id)?.tile ?? null;
  const section = dashboard.sections.find((one) => one.id === id);
  return section ? headOf(section) : null;
}

/** One conflict for a thing, whatever the number of its fields. */
function note(conflicts: Map<string, Conflict>, op: Op, mine: Dashboard, theirs: Dashboard): void {
  const thing = thingOf(op);
  const ops = insisting(op, mine, theirs);
  const known = conflicts.get(thing);
  if (known) {
    known.ops.push(...ops);
    return;
  }
  const [what, id = null] = thing.split(/ (.*)/s) as [Conflict["what"], string?];
  conflicts.set(thing, { what, id, mine: thingIn(mine, op), theirs: thingIn(theirs, op), ops });
}

/** The steps that do mine against theirs: what they removed comes back as I have it, with its section where that went too. */
function insisting(op: Op, mine: Dashboard, theirs: Dashboard): Op[] {
  const needs = (id: string): Op[] => {
    const index = mine.sections.findIndex((section) => section.id === id);
    const section = mine.sections[index];
    if (!section || theirs.sections.some((one) => one.id === id)) return [];
    return [{ op: "section.add", section: headOf(section), after: mine.sections[index - 1]?.id ?? null }];
  };
  if (op.op === "title" || op.op === "tile.remove" || op.op === "section.remove") return [op];
  if (op.op === "section.add" || op.op === "section.move" || op.op === "section.change") {
    const id = op.op === "section.add" ? op.section.id : op.id;
    const back = needs(id);
    if (back.length > 0) return back;
    if (op.op !== "section.add") return [op];
    const { id: _, ...changes } = op.section;
    return [{ op: "section.change", id, changes }];
  }
  const id = op.op === "tile.add" ? op.tile.id : op.id;
  const place = placeOf(mine, id);
  if (!place) return [];
  const { tile, section, index } = place;
  const to = { section: section.id, after: section.tiles[index - 1]?.id ?? null };
  if (!placeOf(theirs, id)) return [...needs(section.id), { op: "tile.add", tile, ...to }];
  if (op.op === "tile.add") return [{ op: "tile.remove", id }, ...needs(section.id), { op: "tile.add", tile, ...to }];
  return [...(op.op === "tile.move" ? needs(section.id) : []), op];
}

/** The step with a neighbour that is there: of those before it in mine, the nearest. */
function anchored(op: Op, mine: Dashboard, now: Dashboard): Op {
  if (!("after" in op) || op.after === null) return op;
  if (op.op === "section.add" || op.op === "section.move")
    return { ...op, after: nearest(mine.sections, op.after, now.sections) };
  const own = mine.sections.find(({ id }) => id === op.section)?.tiles ?? [];
  const there = now.sections.find(({ id }) => id === op.section)?.tiles ?? [];
  return { ...op, after: nearest(own, op.after, there) };
}

function nearest(own: readonly { id: string }[], after: string, there: readonly { id: string }[]): string | null {
  const known = new Set(there.map(({ id }) => id));
  for (let i = own.findIndex(({ id }) => id === after); i >= 0; i--) {
    const id = own[i]?.id;
    if (id !== undefined && known.has(id)) return id;
  }
  return null;
}
