"use client";

import { figureOf, sayValue } from "@/components/kit/figure";
import { useReader } from "@/components/kit/reader";
import { useLive } from "@/components/live/LiveProvider";
import type { Value } from "@/lib/reading";
import { SliderTrack } from "../controls/SliderTrack";
import type { TileProps } from "../definition";
import { keptDecimals } from "../shared/steady";
import type { SliderOptions } from "./options";

export function SliderTile({ point, title, control }: TileProps<SliderOptions>) {
  const { locale } = useReader();
  const { store } = useLive();
  const write = (value: Value) => [value, point, locale, undefined, keptDecimals(store, point, value)] as const;
  return (
    <SliderTrack point={point} title={title} control={control} say={(value) => sayValue(...write(value))}>
      {(held, value, track) => {
        const { text, unit } = figureOf(...write(held ?? value));
        return (
          <div className="slider">
            {track}
            <div className="figure figure-line" data-size="s" data-held={held !== undefined || undefined}>
              <span data-value={String(value)}>{text}</span>
              {unit !== "" && (
                <>
                  {" "}
                  <span className="figure-unit">{unit}</span>
                </>
              )}
            </div>
          </div>
        );
      }}
    </SliderTrack>
  );
}
