"use client";

import { useEffect, useRef } from "react";
import { useValue } from "@/components/kit/useReading";
import { readColour, writeColour } from "./notation";
import { type BodyProps, Operated, Part, PartHead, type PartProps } from "./Part";

/** A colour, with a picker if the notation of the lamp is known; else shown like any other part. */
export function ColourPart({ role, point }: PartProps) {
  const known = readColour(useValue(point.id), role === "hs");
  const picks = point.command?.kind === "text" && known?.notation !== "told";
  if (known && !picks)
    return (
      <div className="part-line" data-part={role} data-part-value={known.hex}>
        <PartHead role={role} />
        <span className="colour-told" role="img" aria-label={known.hex} style={{ background: known.hex }} />
      </div>
    );
  if (!known) return <Part role={role} point={point} />;
  return (
    <Operated role={role} point={point}>
      {(props) => <Picker {...props} known={known} />}
    </Operated>
  );
}

/** The browser's own picker. It shows the reported colour; the requested one is beside it in a dashed ring. */
function Picker({ role, name, control, known }: BodyProps & { known: NonNullable<ReturnType<typeof readColour>> }) {
  const input = useRef<HTMLInputElement>(null);
  const asked = control.target === undefined ? undefined : readColour(control.target, role === "hs");
  const latest = useRef({ known, send: control.send });
  useEffect(() => {
    latest.current = { known, send: control.send };
  });
  // The native `change` event fires when the picker is closed. React's onChange is `input`, which fires while picking.
  useEffect(() => {
    const element = input.current;
    if (!element) return;
    const pick = () => {
      const { known, send } = latest.current;
      send(writeColour(element.value, known));
      element.value = known.hex;
    };
    element.addEventListener("change", pick);
    return () => element.removeEventListener("change", pick);
  }, []);
  useEffect(() => {
    if (input.current) input.current.value = known.hex;
  }, [known.hex]);
  return (
    <div className="part-line" data-part-value={known.hex}>
      <PartHead role={role} />
      {asked && asked.hex !== known.hex && <span className="colour-asked" style={{ background: asked.hex }} />}
      <input
        ref={input}
        type="color"
        className="colour-input"
        defaultValue={known.hex}
        disabled={control.disabled}
        aria-label={name}
        aria-describedby={control.describedBy}
      />
    </div>
  );
}
