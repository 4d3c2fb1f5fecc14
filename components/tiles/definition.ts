import type { ComponentType, ReactNode } from "react";
import type { Control } from "@/components/kit/control";
import type { Words } from "@/components/kit/figure";
import type { PointOut } from "@/lib/api";
import type { CompositeKind } from "@/lib/composite/roles";
import type { Span } from "@/lib/dashboard/columns";
import type { PointInfo } from "@/lib/point";
import type { PlainKey } from "@/lib/texts/t";
import type { OptionsSchema } from "./shared/options";

export interface TileProps<Options> {
  point: PointInfo;
  /** The tile's title, or the point's name: the accessible name of the control. */
  title: string;
  options: Options;
  control: Control;
  /** For a composite: its points that this reader may see, by role, the tile's own included. */
  parts?: Parts;
}

export type Parts = Readonly<Partial<Record<string, PointInfo>>>;

/** The form for a kind's own options, in the editor. */
export interface SettingsProps {
  point: PointInfo;
  /** As stored in the dashboard. */
  options: Record<string, unknown> | undefined;
  /** All points that the reader may see; undefined while they are loading. */
  points: readonly PointOut[] | undefined;
  onChange(options: Record<string, unknown>): void;
}

/** A kind of tile. One folder each; README.md says how to add one. */
export interface TileDefinition<Options = unknown> {
  /** Dashboards store it, so it never changes. */
  id: string;
  /** Former ids. */
  aliases?: readonly string[];
  label: PlainKey;
  /** What a point must have for this kind; continues "needs". */
  needs: PlainKey;
  /** How well it fits the point; 0: not at all. `value` fits all with 1: a kind below that is only offered, one above is chosen first. */
  fit(point: PointInfo): number;
  /** The default size: columns of the ten of a desktop, rows of 64 px, and columns of a phone's two (lib/dashboard/columns). */
  size: Span & { phone: 1 | 2 };
  /** The rows that these options need, where that depends on the options. */
  rows?(options: Record<string, unknown> | undefined): number;
  /** The kind shows several points as one thing: each part has its own control, and the frame describes all of them. */
  composite?: CompositeKind;
  /** Whether this point needs the phone's whole width, even if its kind does not. */
  wide?(point: PointInfo): boolean;
  options: OptionsSchema<Options>;
  /** The words for true and false, also in the texts of the foot. Undefined: the point's own words. */
  words?(options: Options): Words | undefined;
  Tile(props: TileProps<Options>): ReactNode;
  /** Loaded only by the editor: never import it directly. */
  Settings?: ComponentType<SettingsProps>;
}

/** Checks a definition's types and then drops the type of its options, which are parsed before a tile is rendered. */
export const defineTile = <Options>(definition: TileDefinition<Options>): TileDefinition =>
  definition as TileDefinition;

/** Whether a point has this type, or its type is not known. */
export const mayBe = (point: PointInfo, type: PointInfo["type"]): boolean =>
  point.type === undefined || point.type === type;
