import type { ComponentType, ReactNode } from "react";
import type { Control } from "@/components/kit/control";
import type { Words } from "@/components/kit/figure";
import type { PointOut } from "@/lib/api";
import type { CompositeKind } from "@/lib/composite/roles";
import type { PointInfo } from "@/lib/point";
import type { PlainKey } from "@/lib/texts/t";
import type { OptionsSchema } from "./shared/options";

export interface TileProps<Options> {
  point: PointInfo;
  /** The tile's title, or the point's name: the accessible name of the control. */
  title: string;
  options: Options;
  control: Control;
  /** Of a composite: every point that it shows and that this reader may see, by role; the tile's own is among them. */
  parts?: Parts;
}

export type Parts = Readonly<Partial<Record<string, PointInfo>>>;

/** The form for a kind's own options, in the editor. */
export interface SettingsProps {
  point: PointInfo;
  /** As the dashboard holds them. */
  options: Record<string, unknown> | undefined;
  /** All that may be seen; undefined while they are being listed. */
  points: readonly PointOut[] | undefined;
  onChange(options: Record<string, unknown>): void;
}

/** A kind of tile. One folder each; README.md says how to add one. */
export interface TileDefinition<Options = unknown> {
  /** Stands in dashboards: never changes. */
  id: string;
  /** Names it had before. */
  aliases?: readonly string[];
  label: PlainKey;
  /** What a point must have to be shown by this kind, after "needs". */
  needs: PlainKey;
  /** How well it fits: 0 not at all, 1 possible, more is better. */
  fit(point: PointInfo): number;
  /** Default size in cells of twelve to a row, and how many of a phone's two columns it takes. */
  size: { w: number; h: number; phone: 1 | 2 };
  /** Rows of the desktop's grid that these options need, where the kind's own height does not fit all. */
  rows?(options: Record<string, unknown> | undefined): number;
  /** Several points are one thing: each of its parts has a control of its own, and the frame speaks for all of them. */
  composite?: CompositeKind;
  /** Whether this point needs a phone's whole width though its kind does not. */
  wide?(point: PointInfo): boolean;
  options: OptionsSchema<Options>;
  /** What it calls true and false, for what is said about a value or a command under it. Undefined: as the point has it. */
  words?(options: Options): Words | undefined;
  Tile(props: TileProps<Options>): ReactNode;
  /** Comes only when the editor asks for it: never import it directly. */
  Settings?: ComponentType<SettingsProps>;
}

/** Checks a definition and forgets its options' type: the registry parses options before it draws. */
export const defineTile = <Options>(definition: TileDefinition<Options>): TileDefinition =>
  definition as TileDefinition;

/** The number of a point that is a number, or may turn out to be one. */
export const mayBe = (point: PointInfo, type: PointInfo["type"]): boolean =>
  point.type === undefined || point.type === type;
