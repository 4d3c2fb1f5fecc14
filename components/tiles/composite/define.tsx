"use client";

import dynamic from "next/dynamic";
import type { CompositeKind } from "@/lib/composite/roles";
import { defineTile, type TileDefinition } from "../definition";
import { type CompositeOptions, compositeOptions, rowsFor } from "./options";

/** Loaded on demand. The server renders it too, so its values are in the first paint. */
const CompositeTile = dynamic(() => import("../CompositeTile").then((m) => m.CompositeTile));

/** Defines a kind that shows several points as one thing. */
export const defineComposite = (
  own: { id: CompositeKind } & Pick<TileDefinition, "label" | "needs" | "fit">,
): TileDefinition =>
  defineTile<CompositeOptions>({
    ...own,
    size: { w: 3, h: 4, phone: 2 },
    rows: rowsFor,
    composite: own.id,
    options: compositeOptions,
    Tile: (props) => <CompositeTile {...props} />,
  });
