"use client";

import { memo, type RefObject, useEffect, useRef } from "react";
import { type PlainKey, t } from "@/lib/texts/t";

/** The states of the light. It shows one at a time; a state that needs attention takes precedence. */
export type TelltaleState =
  | "live"
  | "stale"
  | "offline"
  | "unknown"
  | "warning"
  | "critical"
  | "waiting"
  | "unconfirmed";

const LABELS: Record<TelltaleState, PlainKey> = {
  live: "kit.live",
  stale: "kit.stale",
  offline: "kit.offline",
  unknown: "kit.unknownNeverSeen",
  warning: "kit.warning",
  critical: "kit.critical",
  waiting: "kit.commandWaitsDevice",
  unconfirmed: "kit.commandNotConfirmed",
};

const ring = (r: number, width: number) => <circle cx="8" cy="8" r={r} fill="none" strokeWidth={width} />;
const core = (r: number) => <circle cx="8" cy="8" r={r} fill="currentColor" stroke="none" />;
/** A quarter of a circle, from twelve o'clock to three. */
const arc = <path className="telltale-arc" d="M8 1.6A6.4 6.4 0 0 1 14.4 8" fill="none" strokeWidth="1.8" />;

/** The shapes differ even without colour. Drawn in a 16 × 16 box. */
const MARKS: Record<TelltaleState, React.ReactNode> = {
  live: (
    <>
      <circle cx="8" cy="8" r="6.4" fill="none" strokeWidth="1.2" opacity="0.4" />
      {core(3.3)}
    </>
  ),
  stale: <circle cx="8" cy="8" r="5.2" fill="none" strokeWidth="1.7" strokeDasharray="2.1 2" />,
  offline: (
    <>
      {ring(4.9, 1.6)}
      <path d="M3 13 13 3" fill="none" strokeWidth="1.6" />
    </>
  ),
  unknown: <circle cx="8" cy="8" r="5.2" fill="none" strokeWidth="1.9" strokeDasharray="0 3.27" />,
  warning: (
    <>
      {ring(6.5, 1.4)}
      {core(3.9)}
    </>
  ),
  critical: (
    <>
      {ring(6.9, 2)}
      {core(4.6)}
    </>
  ),
  waiting: (
    <>
      {arc}
      {core(2.4)}
    </>
  ),
  unconfirmed: (
    <>
      {arc}
      {ring(3.4, 1.6)}
    </>
  ),
};

export interface TelltaleProps {
  state: TelltaleState;
  /** When it changes (a reading's time will do), the ring is lit for half a second. */
  pulse?: number | null;
  /** In CSS pixels. */
  size?: number;
  /** Replaces the state's own label; empty where a text beside the light says the same. */
  label?: string;
  /** For callers of `beat`. */
  ref?: RefObject<HTMLSpanElement | null>;
}

/** The telltale light of tiles, brokers and the sidebar. */
export const Telltale = memo(function Telltale({
  state,
  pulse,
  size = 16,
  label = t(LABELS[state]),
  ref,
}: TelltaleProps) {
  const own = useRef<HTMLSpanElement>(null);
  const last = useRef(pulse);
  const mark = ref ?? own;
  useEffect(() => {
    if (pulse === last.current) return;
    last.current = pulse;
    if (mark.current) beat(mark.current);
  }, [pulse, mark]);
  const says = label === "" ? ({ "aria-hidden": true } as const) : ({ role: "img", "aria-label": label } as const);
  return (
    <span ref={mark} className="telltale" data-light={state} style={{ width: size, height: size }} {...says}>
      <svg
        viewBox="0 0 16 16"
        width={size}
        height={size}
        stroke="currentColor"
        strokeLinecap="round"
        aria-hidden="true"
      >
        {MARKS[state]}
      </svg>
    </span>
  );
});

/** How long the ring stays lit, and the shortest time between two flashes: one a second shows "alive" as well as thirty. */
const LIT_MS = 500;
const BEAT_MS = 900;
/** Lights are put out together, four times a second: one painted frame each, however many lights there are. */
const OUT_MS = 250;
const beatAt = new WeakMap<HTMLElement, number>();
const lit = new Set<HTMLElement>();
let goingOut: ReturnType<typeof setInterval> | undefined;

/**
 * Lights the ring for half a second by an attribute, in the frame that shows the reading. It is not an animation: an animated ring is a
 * compositor layer of its own that draws sixty frames a second, which was half of a quiet page's cost.
 */
export function beat(mark: HTMLElement): void {
  const now = performance.now();
  if (now - (beatAt.get(mark) ?? Number.NEGATIVE_INFINITY) < BEAT_MS) return;
  beatAt.set(mark, now);
  lit.add(mark);
  mark.dataset.beat = "";
  goingOut ??= setInterval(putOut, OUT_MS);
}

function putOut(): void {
  const now = performance.now();
  for (const mark of lit) {
    if (now - (beatAt.get(mark) ?? 0) < LIT_MS) continue;
    delete mark.dataset.beat;
    lit.delete(mark);
  }
  if (lit.size > 0) return;
  clearInterval(goingOut);
  goingOut = undefined;
}
