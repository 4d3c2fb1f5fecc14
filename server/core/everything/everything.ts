import type { Access } from "../../../lib/access";
import { wholesOf } from "../../../lib/composite/compose";
import {
  byPlace,
  type EverythingList,
  type EverythingSection,
  sectionsOf,
  type TileIds,
} from "../../../lib/everything";
import type { PointId } from "../../../lib/ids";
import { type Counts, noCounts, type StateKey, stateKeyOf } from "../../../lib/pointState";
import type { EverythingRequest } from "../../../lib/protocol";
import { maySee, rightsOf } from "../../pipeline/views";
import type { Clock, Everything, LivePoint, LiveState } from "../../ports";
import { createSlices, type Slices, sortInSlices } from "./slices";

/**
 * The list of everything, in slices: with ten thousand points the page that drew them all at once stopped everybody's frames for seconds.
 * The order is shared by all readers and made again when the points change; rights, query and states are applied for each list.
 */

/** Points may change all the time (new topics under a wildcard): the order is made at most this often. */
const ORDER_MS = 1000;
/** Readers with the same rights who ask for the same within this time get the same answer. */
const ANSWER_MS = 500;

interface OrderedTile {
  ids: PointId[];
  /** Settings and diagnostics. */
  aside: boolean;
}
interface OrderedSection {
  heading: string | undefined;
  tiles: OrderedTile[];
}
type State = Pick<LiveState, "get" | "points" | "actuator" | "onPoints">;
type Ask = Omit<EverythingRequest, "known">;

export function createEverything({ live, clock }: { live: State; clock: Clock }): Everything {
  let order: { at: number; sections: Promise<OrderedSection[]> } | undefined;
  let changed = true;
  live.onPoints(() => {
    changed = true;
  });
  const answers = new Map<string, { at: number; list: Promise<Required<EverythingList>> }>();

  function ordered(): Promise<OrderedSection[]> {
    const now = clock.monotonic();
    if (order && (!changed || now - order.at < ORDER_MS)) return order.sections;
    changed = false;
    order = { at: now, sections: orderOf(live) };
    return order.sections;
  }

  async function listFor(access: Access, ask: Ask): Promise<Required<EverythingList>> {
    const sections = await ordered();
    return listOf(live, sections, access, ask, createSlices());
  }

  return {
    async list(access, { known, ...ask }) {
      const now = clock.monotonic();
      const key = `${rightsOf(access)} ${JSON.stringify([ask.query ?? "", ask.states ?? []])}`;
      for (const [one, { at }] of answers) if (now - at >= ANSWER_MS) answers.delete(one);
      const answer = answers.get(key) ?? { at: now, list: listFor(access, ask) };
      answers.set(key, answer);
      const { sections, ...rest } = await answer.list;
      return rest.version === known ? rest : { ...rest, sections };
    },
  };
}

async function orderOf(live: State): Promise<OrderedSection[]> {
  const slices = createSlices();
  const infos: LivePoint["info"][] = [];
  for (const { info } of live.points()) infos.push(info);
  const { wholes, within } = wholesOf(infos);
  if (slices.due()) await slices.turn();
  const sorted = await sortInSlices(
    infos.filter(({ id }) => !within.has(id)),
    byPlace,
    slices,
  );
  return sectionsOf(sorted).map(({ heading, points }) => ({
    heading,
    tiles: points.map(({ id, category }) => {
      const others = wholes.get(id)?.points.flatMap((point) => (point.id === id ? [] : [point.id])) ?? [];
      return { ids: [id, ...others], aside: category !== undefined };
    }),
  }));
}

/** What of the order this reader may see, and what of that was asked for. */
async function listOf(
  live: State,
  order: readonly OrderedSection[],
  access: Access,
  { query, states }: Ask,
  slices: Slices,
): Promise<Required<EverythingList>> {
  const words = (query ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = states && states.length > 0 ? new Set<StateKey>(states) : undefined;
  const counts = noCounts();
  const sections: EverythingSection[] = [];
  let total = 0;
  for (const { heading, tiles } of order) {
    const shown: TileIds[] = [];
    const aside: TileIds[] = [];
    let alarm = false;
    for (const tile of tiles) {
      if (slices.due()) await slices.turn();
      const points = seenIn(live, access, tile);
      total += points.length;
      const [main] = points;
      if (!main || (words.length > 0 && !points.some((point) => matches(point, words)))) continue;
      const state = count(points, counts);
      if (wanted && !wanted.has(state)) continue;
      const ids = points.length === 1 ? main.info.id : points.map(({ info }) => info.id);
      (tile.aside ? aside : shown).push(ids);
      if (tile.aside && (state === "critical" || state === "warning")) alarm = true;
    }
    if (shown.length === 0 && aside.length === 0) continue;
    if (shown.length === 0) sections.push({ heading, tiles: aside });
    else
      sections.push({
        heading,
        tiles: shown,
        ...(aside.length > 0 && { folded: aside, ...(alarm && { foldedAlarm: true as const }) }),
      });
  }
  if (sections.length > 1) for (const section of sections) if (section.heading === undefined) section.unplaced = true;
  const tiles = sections.reduce((sum, section) => sum + section.tiles.length + (section.folded?.length ?? 0), 0);
  return { version: await versionOf(sections, slices), total, tiles, counts, sections };
}

function seenIn(live: State, access: Access, { ids }: OrderedTile): LivePoint[] {
  const points: LivePoint[] = [];
  for (const id of ids) {
    const point = live.get(id);
    if (point && maySee(live, access, point)) points.push(point);
  }
  return points;
}

/** The same rule as in the palette: every word, in any of these. */
function matches({ info }: LivePoint, words: readonly string[]): boolean {
  const text = [info.name, info.device, info.area, info.topic, info.id].join("\n").toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Counts each point, and answers the state of the tile: the main point's, but offline where any of them is. */
function count(points: readonly LivePoint[], counts: Counts): StateKey {
  let state: StateKey = "unknown";
  for (const [i, point] of points.entries()) {
    const key = stateKeyOf(point);
    if (i === 0 || key === "offline") state = key;
    counts[key]++;
  }
  return state;
}

/** 64 bits of all that the sections say, in two multiplicative halves. */
async function versionOf(sections: readonly EverythingSection[], slices: Slices): Promise<string> {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  const add = (text: string): void => {
    for (let i = 0; i <= text.length; i++) {
      const code = i === text.length ? 0x10000 : text.charCodeAt(i);
      a = Math.imul(a ^ code, 0x85ebca77);
      b = Math.imul(b ^ code, 0xc2b2ae3d);
      a ^= a >>> 13;
      b ^= b >>> 16;
    }
  };
  for (const { heading, unplaced, tiles, folded, foldedAlarm } of sections) {
    if (slices.due()) await slices.turn();
    add(heading ?? "");
    add(unplaced ? "unplaced" : "");
    add(foldedAlarm ? "alarm" : "");
    for (const part of [tiles, folded ?? []]) {
      add(`${part.length}`);
      for (const ids of part) add(typeof ids === "string" ? ids : ids.join(" "));
    }
  }
  return `${(a >>> 0).toString(36)}-${(b >>> 0).toString(36)}`;
}
