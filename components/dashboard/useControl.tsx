"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { useCommand, useConnection } from "@/components/live/hooks";
import type { CommandState } from "@/lib/command";
import { isInFlight } from "@/lib/inFlight";
import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import type { Control } from "../tiles/definition";

const ConfirmAsk = dynamic(() => import("./ConfirmAsk").then((m) => m.ConfirmAsk), { ssr: false });

/** A refusal was read by then, or nobody looked. */
export const REFUSAL_MS = 20_000;

export interface TileControl extends Control {
  /** For `data-command`: where the newest gesture or command stands. */
  phase: CommandState | "asking" | undefined;
  waiting: boolean;
  /** What this page asks the server for right now; null: a press. */
  asking: Value | undefined;
  /** What the server, or this page itself, answered instead of sending. */
  refusal: string | undefined;
  /** Why nothing can be sent, to be said aloud. */
  why: string | undefined;
  /** The point's question, while it waits for its answer. */
  dialog: ReactNode;
}

const nothing = () => {};

/** For a sensor: there is nothing to operate. */
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
  why: undefined,
  dialog: null,
};

/** How a tile operates its point: asks first where the point asks, and tells where the command stands. Nothing is shown as done here. */
export function useControl(point: PointInfo, describedBy: string, say: (value: Value) => string): TileControl {
  const { send, slide, gesture: newest, command = null, disabledReason } = useCommand(point.id);
  const connection = useConnection();
  const [question, setQuestion] = useState<{ value: Value }>();
  const [read, setRead] = useState<string>();
  const gesture = newest && newest.id !== read ? newest : undefined;
  const ask = point.command?.ask;

  useEffect(() => {
    if (!newest || newest.phase === "asking") return;
    const timer = setTimeout(() => setRead(newest.id), REFUSAL_MS);
    return () => clearTimeout(timer);
  }, [newest]);

  const act = useMemo(() => {
    if (ask === undefined) return { send: (value: Value) => send(value), slide };
    const first = (value: Value) => setQuestion({ value });
    return { send: first, slide: first };
  }, [ask, send, slide]);

  const asking = gesture?.phase === "asking" ? gesture.value : undefined;
  const inFlight = command !== null && isInFlight(command);
  return {
    ...act,
    command,
    target: asking !== undefined ? asking : inFlight ? command.value : undefined,
    disabled: disabledReason !== undefined,
    describedBy,
    phase: gesture ? PHASES[gesture.phase] : command?.state,
    waiting: gesture?.phase === "asking" || inFlight,
    asking,
    refusal: gesture && gesture.phase !== "asking" ? gesture.reason : undefined,
    // While the page comes alive everything is disabled for a moment: not worth a word.
    why: connection.state === "connecting" ? undefined : disabledReason,
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
