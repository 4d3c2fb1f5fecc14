"use client";

import type { TileProps } from "../definition";
import { figureOf, sayValue } from "../shared/figure";
import { useReader } from "../shared/reader";
import type { SliderOptions } from "./options";
import { SliderTrack } from "./Track";

export function SliderTile({ point, title, control }: TileProps<SliderOptions>) {
  const { locale } = useReader();
  return (
    <SliderTrack point={point} title={title} control={control} say={(value) => sayValue(value, point, locale)}>
      {(held, value, track) => {
        const { text, unit } = figureOf(held ?? value, point, locale);
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
