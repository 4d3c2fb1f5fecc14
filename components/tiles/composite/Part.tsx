"use client";

import { type ReactNode, useId } from "react";
import { partLabel } from "@/components/kit/partLabel";
import { useReader } from "@/components/kit/reader";
import { type TileControl, useControl } from "@/components/kit/useControl";
import { useValue } from "@/components/kit/useReading";
import { useWriter } from "@/components/kit/useWriter";
import { commandText } from "@/components/kit/words";
import { useNow } from "@/components/live/hooks";
import { useLive } from "@/components/live/LiveProvider";
import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import { t } from "@/lib/texts/t";
import { Choice } from "../controls/Choice";
import { Entry } from "../controls/Entry";
import { SliderTrack } from "../controls/SliderTrack";
import { SwitchButton } from "../controls/SwitchButton";
import { TwoButtons } from "../controls/TwoButtons";
import { sayPart } from "../sayPart";
import { keptDecimals } from "../shared/steady";
import { useWhole } from "./whole";
import { partName } from "./words";

export interface PartProps {
  role: string;
  point: PointInfo;
}

export interface BodyProps extends PartProps {
  /** The accessible name of the control. */
  name: string;
  control: TileControl;
  say(value: Value): string;
}

/** A part with the control for its command. The command's kind decides, not the role, so no control is shown that it cannot use. */
export function Part({ role, point }: PartProps) {
  const Body = BODIES[point.command?.kind ?? "none"];
  if (!Body) return <PartValue role={role} point={point} />;
  return (
    <Operated role={role} point={point}>
      {(props) => <Body {...props} />}
    </Operated>
  );
}

/** The control of one part, with its own state, ghost and refusal, and the note that the foot does not show. */
export function Operated({
  role,
  point,
  quiet,
  children,
}: PartProps & {
  /** Another control of the same point shows the note. */
  quiet?: boolean;
  children: (props: BodyProps) => ReactNode;
}) {
  const { kind, title, describedBy } = useWhole();
  const { locale } = useReader();
  const { store } = useLive();
  const noteId = useId();
  const say = (value: Value) => sayPart(kind, role, point, locale, value, keptDecimals(store, point, value));
  const control = useControl(point, `${noteId} ${describedBy}`, say);
  return (
    <div className="part" data-part={role} data-command={control.phase} aria-busy={control.waiting || undefined}>
      {children({ role, point, name: partName(kind, title, role), control, say })}
      <span id={noteId} className="part-note">
        {!quiet && <PartNote point={point} control={control} say={say} />}
      </span>
      {control.dialog}
    </div>
  );
}

/** Shows an older command that was not confirmed, and another reason for being disabled: the foot shows the newest command only. */
function PartNote({ point, control, say }: Pick<BodyProps, "point" | "control" | "say">) {
  const whole = useWhole();
  const now = useNow();
  const { me } = useReader();
  const writer = useWriter(point, () => now, undefined, say);
  const { command, refusal, why } = control;
  const open = command && OPEN.has(command.state);
  const mine =
    whole.spoken === point.id
      ? undefined
      : (refusal ?? (open ? commandText(command, now, writer, point.device ?? point.name, me)?.text : undefined));
  const said = [mine, why === whole.why ? undefined : why].filter(Boolean).join(" · ");
  return said === "" ? null : said;
}

const OPEN: ReadonlySet<string> = new Set(["sent", "acked", "unconfirmed", "failed", "unknown"]);

/** The label on the left, the value on the right. `held`: the value is that of a slider being moved. */
export function PartHead({ role, children, held }: { role: string; children?: ReactNode; held?: boolean }) {
  const { kind } = useWhole();
  return (
    <div className="part-head">
      <span>{partLabel(kind, role)}</span>
      {children !== undefined && (
        <span className="part-value" data-held={held || undefined}>
          {children}
        </span>
      )}
    </div>
  );
}

function PartValue({ role, point }: PartProps) {
  const { kind } = useWhole();
  const { locale } = useReader();
  const { store } = useLive();
  const value = useValue(point.id);
  return (
    <div className="part" data-part={role} data-part-value={String(value)}>
      <PartHead role={role}>{sayPart(kind, role, point, locale, value, keptDecimals(store, point, value))}</PartHead>
    </div>
  );
}

function PartSwitch({ role, point, name, control }: BodyProps) {
  const { kind } = useWhole();
  const value = useValue(point.id);
  if (point.command?.assumed)
    return (
      <>
        <PartHead role={role} />
        <TwoButtons control={control} of={name} />
      </>
    );
  return (
    <div className="part-line">
      <span>{partLabel(kind, role)}</span>
      <SwitchButton value={value} title={name} control={control} />
    </div>
  );
}

function PartSlider({ role, point, name, control, say }: BodyProps) {
  return (
    <SliderTrack point={point} title={name} control={control} say={say}>
      {(held, value, track) => (
        <div data-part-value={String(value)}>
          <PartHead role={role} held={held !== undefined}>
            {say(held ?? value)}
          </PartHead>
          {track}
        </div>
      )}
    </SliderTrack>
  );
}

function PartSelect({ role, point, name, control }: BodyProps) {
  const reported = useValue(point.id);
  const value = point.command?.assumed ? null : reported;
  const asked = control.target === undefined || control.target === value ? undefined : String(control.target);
  return (
    <div data-part-value={String(value)}>
      <PartHead role={role}>{asked && <span className="asked">{asked}</span>}</PartHead>
      <Choice
        point={point}
        value={value}
        title={name}
        control={control}
        write={(text) => text || (point.command?.assumed ? t("tiles.chooseOption") : "—")}
      />
    </div>
  );
}

function PartPress({ role, name, control }: BodyProps) {
  return <PressButton role={role} name={name} control={control} value={null} />;
}

export function PressButton({
  role,
  name,
  control,
  value,
}: Pick<BodyProps, "role" | "name" | "control"> & { value: Value }) {
  const { kind } = useWhole();
  return (
    <button
      type="button"
      className="control-button"
      aria-label={name}
      aria-describedby={control.describedBy}
      data-asked={control.target === value || undefined}
      disabled={control.disabled}
      onClick={() => control.send(value)}
    >
      {partLabel(kind, role)}
    </button>
  );
}

function PartEntry({ role, point, name, control, say }: BodyProps) {
  const value = useValue(point.id);
  return (
    <div data-part-value={String(value)}>
      <PartHead role={role}>{point.command?.assumed ? undefined : say(value)}</PartHead>
      <Entry
        title={name}
        control={control}
        read={(typed) => ({ ok: true, value: typed })}
        field={{ type: "text", maxLength: 2000 }}
      />
    </div>
  );
}

const BODIES: Readonly<Record<string, (props: BodyProps) => ReactNode>> = {
  switch: PartSwitch,
  number: PartSlider,
  select: PartSelect,
  button: PartPress,
  text: PartEntry,
};
