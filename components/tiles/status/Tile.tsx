"use client";

import type { TileProps } from "../definition";
import { Figure } from "../shared/Figure";
import { useValue } from "../shared/useReading";
import type { StatusOptions } from "./options";

/** A filled mark for on, a hollow one for off, none while unknown; the word beside it says the same. */
export function StatusTile({ point, options }: TileProps<StatusOptions>) {
  return (
    <div className="status">
      <Lamp id={point.id} />
      <Figure point={point} size="s" words={options} />
    </div>
  );
}

function Lamp({ id }: { id: TileProps<StatusOptions>["point"]["id"] }) {
  const value = useValue(id);
  return <span className="status-lamp" data-on={typeof value === "boolean" ? value : undefined} aria-hidden="true" />;
}
