"use client";

import { useValue } from "@/components/kit/useReading";
import { Entry } from "../controls/Entry";
import type { TileProps } from "../definition";
import type { TextOptions } from "./options";

export function TextTile({ point, title, control }: TileProps<TextOptions>) {
  return (
    <div className="text-tile">
      {!point.command?.assumed && <Words id={point.id} />}
      {point.command?.kind === "text" && (
        <Entry
          title={title}
          control={control}
          read={(typed) => ({ ok: true, value: typed })}
          field={{ type: "text", maxLength: 2000 }}
        />
      )}
    </div>
  );
}

function Words({ id }: { id: TileProps<TextOptions>["point"]["id"] }) {
  const value = useValue(id);
  return (
    <div className="figure figure-line" data-size="s">
      <span className="text-value" data-value={String(value)}>
        {value === null ? "—" : String(value)}
      </span>
    </div>
  );
}
