"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useMemo, useReducer, useState } from "react";
import { viewOnlyReason } from "@/components/live/disabled";
import { useCommand } from "@/components/live/hooks";
import type { Gesture } from "@/components/live/store";
import { toast } from "@/components/ui/toasts";
import type { CommandState } from "@/lib/command";
import { isInFlight, isUnsettled } from "@/lib/inFlight";
import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import { secondsText } from "@/lib/secondsText";
import { inWords } from "@/lib/texts/said";
import { t } from "@/lib/texts/t";
import type { Control } from "./control";
import { useViewOnly, VIEW_ONLY_ID } from "./viewOnly";

const ConfirmAsk = dynamic(() => import("./ConfirmAsk").then((m) => m.ConfirmAsk), { ssr: false });

/** How long a refusal is shown. */
export const REFUSAL_MS = 20_000;
const COUNT_MS = 100;

/** Refusals that the person could not foresee, and may have missed: they stay until they are dismissed. */
const STAYS: ReadonlySet<string> = new Set(["too-late", "changed"]);

export interface TileControl extends Control {
  /** For `data-command`: the state of the newest gesture or command. */
  phase: CommandState | "asking" | undefined;
  waiting: boolean;
  /** The value of a gesture that the server has not answered yet; null: a press. */
  asking: Value | undefined;
  /** Why the server, or the page itself, did not send the command. */
  refusal: string | undefined;
  /** Dismisses the note about the last command. Undefined: there is nothing to dismiss, or no right to. */
  dismiss: (() => void) | undefined;
  /** Why nothing can be sent, for screen readers. */
  why: string | undefined;
  /** The point's question while it is open. */
  dialog: ReactNode;
}

const nothing = () => {};

/** The control of a sensor, which cannot be operated. */
export const NO_CONTROL: TileControl = {
  command: null,
  target: undefined,
  disabled: true,
  describedBy: "",
  send: nothing,
  slide: nothing,
  phase: undefined,
  waiting: false,
  asking: undefined,
  refusal: undefined,
  dismiss: undefined,
  why: undefined,
  dialog: null,
};

/** How a tile operates its point: asks the point's question, sends, and returns the command's state. It never assumes success. */
export function useControl(point: PointInfo, describedBy: string, say: (value: Value) => string): TileControl {
  const { send, slide, dismiss, gesture: newest, command = null, disabledReason, connecting } = useCommand(point.id);
  const unsaid = useViewOnly() && disabledReason === viewOnlyReason();
  const [question, setQuestion] = useState<{ value: Value }>();
  const [read, setRead] = useState<string>();
  const left = useCountdown(newest?.phase === "refused" ? newest.retryAt : undefined);
  const gesture = newest && newest.id !== read ? newest : undefined;
  const ask = point.command?.ask && inWords(point.command.ask);

  useEffect(() => {
    if (newest?.phase !== "refused" || STAYS.has(newest.code)) return;
    const after = newest.retryAt === undefined ? REFUSAL_MS : newest.retryAt - performance.now();
    const timer = setTimeout(() => setRead(newest.id), after);
    return () => clearTimeout(timer);
  }, [newest]);

  const act = useMemo(() => {
    if (ask === undefined) return { send: (value: Value) => send(value), slide };
    const first = (value: Value) => setQuestion({ value });
    return { send: first, slide: first };
  }, [ask, send, slide]);

  const asking = gesture?.phase === "asking" ? gesture.value : undefined;
  const stays = gesture?.phase === "refused" && STAYS.has(gesture.code);
  const dismissible = stays || (command !== null && isUnsettled(command) && point.operable);
  const inFlight = command !== null && isInFlight(command);
  return {
    ...act,
    command,
    target: asking !== undefined ? asking : inFlight ? command.value : undefined,
    disabled: disabledReason !== undefined,
    describedBy: unsaid ? VIEW_ONLY_ID : describedBy,
    phase: gesture ? PHASES[gesture.phase] : command?.state,
    waiting: gesture?.phase === "asking" || inFlight,
    asking,
    refusal: gesture && refusalText(gesture, left),
    dismiss: dismissible ? () => void dismiss().then((fault) => fault && toast(fault, "critical")) : undefined,
    // While the page connects, everything is disabled for a moment; that is not announced.
    why: connecting || unsaid ? undefined : disabledReason,
    dialog: question && ask !== undefined && (
      <ConfirmAsk
        question={ask}
        what={question.value === null ? point.name : `${point.name}: ${say(question.value)}`}
        onAnswer={(yes) => {
          setQuestion(undefined);
          if (yes) send(question.value, { confirmed: true });
        }}
      />
    ),
  };
}

const PHASES = { asking: "asking", refused: "refused", unanswered: "unknown" } as const;

function refusalText(gesture: Gesture, left: number): string | undefined {
  if (gesture.phase === "asking") return undefined;
  if (gesture.phase === "unanswered" || gesture.retryAt === undefined) return inWords(gesture.reason);
  return t("commands.tooFast", { wait: secondsText(left) });
}

/** The milliseconds left until `until`, updated ten times a second. No timer runs without `until`. */
function useCountdown(until: number | undefined): number {
  const [, countOn] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    if (until === undefined) return;
    const timer = setInterval(countOn, COUNT_MS);
    return () => clearInterval(timer);
  }, [until]);
  // Computed while rendering: a time kept in state would show a wrong number first.
  return until === undefined ? 0 : Math.max(0, until - performance.now());
}
