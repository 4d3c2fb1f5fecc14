import type { Command, CommandRequest } from "@/lib/command";
import type { CommandId, PointId } from "@/lib/ids";
import type { Reply } from "@/lib/protocol";
import { COMMAND_TIMEOUT_MS } from "@/lib/protocolLimits";
import type { Value } from "@/lib/reading";
import type { LiveSocket } from "./socket";
import type { LiveStore } from "./store";
import { pageTimers, type Timers } from "./timers";

/**
 * A person acts: one id per gesture, sent once, never again. Nothing is shown as done here; what became of it comes in frames.
 * Rules FR-70 … FR-74 of lib/SPEC.md.
 */
export interface Commander {
  /** `confirmed`: the person answered the point's question with yes. */
  send(point: PointId, value: Value, options?: { confirmed?: boolean }): void;
  /** While a slider moves: at most ten a second, each after the answer to the one before; the last value always goes. */
  slide(point: PointId, value: Value): void;
  stop(): void;
}

const SLIDE_MS = 100;

interface Slide {
  sentAt: number;
  waiting: { value: Value } | undefined;
  cancel: (() => void) | undefined;
}

export function createCommander(socket: LiveSocket, store: LiveStore, timers: Timers = pageTimers): Commander {
  const slides = new Map<PointId, Slide>();

  function ask(point: PointId, value: Value, confirmed: boolean | undefined, done: () => void): void {
    const id = newCommandId();
    if (!socket.connected) {
      store.setGesture(point, {
        phase: "refused",
        id,
        value,
        code: "not-connected",
        reason: "This page is not connected to Telltale: nothing was sent.",
      });
      done();
      return;
    }
    const { position } = store.getState();
    const request: CommandRequest = { id, point, value, rev: position.rev };
    if (confirmed !== undefined) request.confirmed = confirmed;
    store.setGesture(point, { phase: "asking", id, value });
    const mine = (): boolean => store.getState().gestures.get(point)?.id === id;

    // Volatile: what cannot go out now is dropped, never sent later.
    socket.volatile
      .timeout(COMMAND_TIMEOUT_MS)
      .emit("command:send", request, (error: Error | null, reply?: Reply<Command>) => {
        if (mine()) {
          if (error || !reply)
            store.setGesture(point, { phase: "unanswered", id, value, reason: "unknown: no answer from Telltale" });
          else if (!reply.ok)
            store.setGesture(point, { phase: "refused", id, value, code: reply.code, reason: reply.message });
          else if (reply.value.state === "refused")
            store.setGesture(point, {
              phase: "refused",
              id,
              value,
              code: reply.value.code,
              reason: reply.value.reason,
            });
          else {
            store.setGesture(point, undefined);
            store.learnCommand(reply.value);
          }
        }
        done();
      });
  }

  function go(point: PointId, slide: Slide, value: Value): void {
    slide.waiting = undefined;
    slide.sentAt = timers.now();
    slide.cancel = timers.after(COMMAND_TIMEOUT_MS + SLIDE_MS, () => next(point, slide));
    ask(point, value, undefined, () => {
      slide.cancel?.();
      slide.cancel = timers.after(Math.max(0, slide.sentAt + SLIDE_MS - timers.now()), () => next(point, slide));
    });
  }

  function next(point: PointId, slide: Slide): void {
    slide.cancel = undefined;
    if (slide.waiting) go(point, slide, slide.waiting.value);
    else slides.delete(point);
  }

  return {
    send(point, value, options) {
      // A gesture of its own overtakes what a slider still held back.
      const slide = slides.get(point);
      slide?.cancel?.();
      slides.delete(point);
      ask(point, value, options?.confirmed, () => undefined);
    },
    slide(point, value) {
      let slide = slides.get(point);
      if (slide) {
        slide.waiting = { value };
        return;
      }
      slide = { sentAt: 0, waiting: undefined, cancel: undefined };
      slides.set(point, slide);
      go(point, slide, value);
    },
    stop() {
      for (const slide of slides.values()) slide.cancel?.();
      slides.clear();
    },
  };
}

/** A UUID v4. `crypto.randomUUID` is missing where the page came by plain http from another machine, as in many a house. */
export function newCommandId(): CommandId {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    "-",
  ) as CommandId;
}
