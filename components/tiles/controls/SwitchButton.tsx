"use client";

import type { Control } from "@/components/kit/control";
import type { Value } from "@/lib/reading";
import { switchView } from "./switchView";

/** The thumb shows the reported state; a dashed ghost shows the requested one. */
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
