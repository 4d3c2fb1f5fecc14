"use client";

import type { Words } from "@/components/kit/figure";
import { useValue } from "@/components/kit/useReading";
import { SwitchButton } from "../controls/SwitchButton";
import { TwoButtons } from "../controls/TwoButtons";
import type { TileProps } from "../definition";
import { Figure } from "../shared/Figure";
import { type OnOffOptions, onOffWords } from "../shared/onOff";

export function SwitchTile(props: TileProps<OnOffOptions>) {
  const words = onOffWords(props.options) ?? props.point.words;
  if (props.point.command?.assumed) return <TwoButtons words={words} control={props.control} />;
  return <Switch {...props} words={words} />;
}

function Switch({ point, title, words, control }: TileProps<OnOffOptions> & { words: Words | undefined }) {
  return (
    <div className="switch-row">
      <SwitchButton value={useValue(point.id)} title={title} control={control} />
      <Figure point={point} size="s" words={words} />
    </div>
  );
}
