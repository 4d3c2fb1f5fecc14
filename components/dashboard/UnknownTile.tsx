import { t } from "@/lib/texts/t";
import { tileKinds } from "../tiles/registry";
import { NoticeTile } from "./NoticeTile";

/** A tile of a kind that this version does not have. The dashboard keeps it as written. */
export function UnknownTile({ kind, title, point }: { kind: string; title: string; point?: string }) {
  return (
    <NoticeTile title={title} point={point}>
      {t("dashboard.unknownKind", { kind, kinds: tileKinds.map((k) => k.id).join(", ") })}
    </NoticeTile>
  );
}
