import type { PointInfo } from "@/lib/point";
import { err, ok, type Result } from "@/lib/result";
import { t } from "@/lib/texts/t";
import { button } from "./button";
import { chart } from "./chart";
import { climate } from "./climate";
import { cover } from "./cover";
import type { TileDefinition } from "./definition";
import { fan } from "./fan";
import { gauge } from "./gauge";
import { light } from "./light";
import { map } from "./map";
import { number } from "./number";
import { picture } from "./picture";
import { select } from "./select";
import { slider } from "./slider";
import { status } from "./status";
import { switchTile } from "./switch";
import { text } from "./text";
import { value } from "./value";

/** Every kind of tile, in the order of the editor. Of kinds that fit equally well, the first is chosen. */
export const tileKinds: readonly TileDefinition[] = [
  value,
  gauge,
  status,
  text,
  switchTile,
  slider,
  number,
  select,
  button,
  chart,
  light,
  cover,
  climate,
  fan,
  picture,
  map,
];

const byId = new Map<string, TileDefinition>();
for (const kind of tileKinds)
  for (const id of [kind.id, ...(kind.aliases ?? [])]) {
    if (byId.has(id)) throw new Error(`two kinds of tile are called "${id}"`);
    byId.set(id, kind);
  }

/** The kind with this id or former id. The error lists the ids that exist. */
export function tileKind(id: string): Result<TileDefinition> {
  const kind = byId.get(id);
  return kind ? ok(kind) : err(t("tiles.noSuchKind", { id, kinds: tileKinds.map((k) => k.id).join(", ") }));
}

/** The kind that fits a point best; `value` fits every point. */
export function kindFor(point: PointInfo): TileDefinition {
  let best: TileDefinition = value;
  for (const kind of tileKinds) if (kind.fit(point) > best.fit(point)) best = kind;
  return best;
}

/** The kinds that can show a point, best first. */
export const kindsFor = (point: PointInfo): TileDefinition[] =>
  tileKinds.filter((kind) => kind.fit(point) > 0).sort((a, b) => b.fit(point) - a.fit(point));
