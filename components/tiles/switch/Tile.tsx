"use client";

import type { Control } from "@/components/kit/control";
import type { Words } from "@/components/kit/figure";
import { useValue } from "@/components/kit/useReading";
import type { Value } from "@/lib/reading";
import { formatValue } from "@/lib/units/format";
import type { TileProps } from "../definition";
import { Figure } from "../shared/Figure";
import { type OnOffOptions, onOffWords } from "../shared/onOff";
import { switchView } from "./view";

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

/** The thumb stands where the device said it is; a dashed ghost stands where it should go. */
export function SwitchButton({ value, title, control }: { value: Value; title: string; control: Control }) {
  const { position, ghost, next } = switchView(value, control.target);
  return (
    <button
      type="button"
      role="switch"
      className="switch"
      aria-checked={position === "on"}
      aria-label={title}
      aria-describedby={control.describedBy}
      data-position={position}
      data-ghost={ghost}
      disabled={control.disabled}
      onClick={() => control.send(next)}
    >
      <span className="switch-thumb" />
      {ghost && <span className="switch-ghost" />}
    </button>
  );
}

/** Nothing will ever report the state, so no position is shown: two buttons, and under them what was last sent. */
export function TwoButtons({ words, control, of }: { words?: Words | undefined; control: Control; of?: string }) {
  return (
    <div className="two-buttons">
      {([true, false] as const).map((value) => (
        <button
          key={String(value)}
          type="button"
          className="control-button"
          data-asked={control.target === value || undefined}
          aria-label={of && `${formatValue(value, { words }).text} ${of}`}
          aria-describedby={control.describedBy}
          disabled={control.disabled}
          onClick={() => control.send(value)}
        >
          {formatValue(value, { words }).text}
        </button>
      ))}
    </div>
  );
}
