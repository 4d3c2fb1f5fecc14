"use client";

import { useValue } from "@/components/kit/useReading";
import type { TileProps } from "../definition";
import { Figure } from "../shared/Figure";
import { type OnOffOptions, onOffWords } from "../shared/onOff";

/** A filled mark for on, a hollow one for off, none for unknown, and the word beside it. */
export function StatusTile({ point, options }: TileProps<OnOffOptions>) {
  return (
    <div className="status">
      <Lamp id={point.id} />
      <Figure point={point} size="s" words={onOffWords(options)} />
    </div>
  );
}

function Lamp({ id }: { id: TileProps<unknown>["point"]["id"] }) {
  const value = useValue(id);
  return <span className="status-lamp" data-on={typeof value === "boolean" ? value : undefined} aria-hidden="true" />;
}
