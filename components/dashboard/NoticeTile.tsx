import type { ReactNode } from "react";
import { Glyph } from "@/components/kit/Glyph";
import { Telltale } from "@/components/kit/Telltale";

/** A tile that cannot show its point: it says which one and why. The dashboard keeps the tile as written. */
export function NoticeTile({ title, point, children }: { title: string; point?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; the role is what readers and tests rely on
    <div role="group" aria-label={title} className="tile" data-state="unknown" data-point={point}>
      <div className="tile-head">
        <span className="tile-glyph">
          <Glyph name="alert" />
          <Telltale state="unknown" label="" />
        </span>
        <span className="tile-title">{title}</span>
      </div>
      <p className="tile-notice">{children}</p>
    </div>
  );
}
