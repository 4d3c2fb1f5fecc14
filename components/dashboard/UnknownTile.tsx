import { tileKinds } from "../tiles/registry";
import { NoticeTile } from "./NoticeTile";

/** A kind that this version does not have: the tile stays in the dashboard as it was written. */
export function UnknownTile({ kind, title, point }: { kind: string; title: string; point?: string }) {
  return (
    <NoticeTile title={title} point={point}>
      Unknown kind of tile “{kind}”. The kinds are {tileKinds.map((k) => k.id).join(", ")}. The tile is kept as it is.
    </NoticeTile>
  );
}
