import type { Clock } from "@/lib/clock";
import type { Command, CommandFate, CommandRequest, ViewAge } from "@/lib/command";
import type { CommandId, PointId } from "@/lib/ids";
import type { Reply } from "@/lib/protocol";
import { COMMAND_TIMEOUT_MS } from "@/lib/protocolLimits";
import type { Value } from "@/lib/reading";
import { inWords, type Said } from "@/lib/texts/said";
import { t } from "@/lib/texts/t";
import type { ServerStamps } from "./serverStamps";
import type { LiveSocket } from "./socket";
import type { LiveStore } from "./store";
import { pageTimers } from "./timers";
import { createUnansweredGestures, type UnansweredGestures } from "./unansweredGestures";

/**
 * Sends gestures: each has one id and is sent once. It never assumes success; the outcome arrives in frames.
 * Rules FR-70 … FR-78 of lib/SPEC.md.
 */
export interface GestureSender {
  /** `confirmed`: the person has confirmed the point's question. */
  send(point: PointId, value: Value, options?: { confirmed?: boolean }): void;
  /** For a moving slider: at most ten values a second, each after the answer to the one before; the last value is always sent. */
  slide(point: PointId, value: Value): void;
  /** Dismisses the note about the point's last command. Resolves with the reason if that failed. */
  dismiss(point: PointId): Promise<string | undefined>;
  stop(): void;
}

export interface GestureSenderParts {
  socket: LiveSocket;
  store: LiveStore;
  stamps: ServerStamps;
  timers?: Clock;
  unanswered?: UnansweredGestures;
}

const SLIDE_MS = 100;
/** The timeout of a question about a gesture's outcome, and the delay before it is asked again. */
const FATE_ANSWER_MS = 5000;
const FATE_AGAIN_MS = 2000;

/** A requested value, with the age of the page's view at that moment. */
interface Act {
  value: Value;
  age: ViewAge | null;
}

interface Slide {
  sentAt: number;
  waiting: Act | undefined;
  cancel: (() => void) | undefined;
}

export function createGestureSender(parts: GestureSenderParts): GestureSender {
  const { socket, store, stamps } = parts;
  const timers = parts.timers ?? pageTimers;
  const unanswered = parts.unanswered ?? createUnansweredGestures();
  const slides = new Map<PointId, Slide>();
  /** Gestures that were just sent: their answer may still arrive. */
  const asking = new Set<string>();
  const askedFate = new Set<string>();
  let cancelFates: (() => void) | undefined;
  let stopped = false;

  const act = (value: Value): Act => ({ value, age: stamps.age() });

  function refuse(point: PointId, id: string, value: Value, code: string, reason: Said): void {
    store.setGesture(point, { phase: "refused", id, value, code, reason });
  }

  function ask(point: PointId, { value, age }: Act, confirmed: boolean | undefined, done: () => void): void {
    const id = newCommandId();
    if (!socket.connected || !age) {
      refuse(point, id, value, "not-connected", t("live.notSent"));
      done();
      return;
    }
    const { position, points } = store.getState();
    const rev = points.get(point)?.info.rev ?? position.rev;
    const request: CommandRequest = { id, point, value, rev, age };
    if (confirmed !== undefined) request.confirmed = confirmed;
    const gesture: CommandFate = { id, point, value };
    unanswered.add(gesture);
    asking.add(id);
    store.setGesture(point, { phase: "asking", id, value });

    socket.timeout(COMMAND_TIMEOUT_MS).emit("command:send", request, (error: Error | null, reply?: Reply<Command>) => {
      asking.delete(id);
      if (error || !reply) {
        if (store.getState().gestures.get(point)?.id === id)
          store.setGesture(point, { phase: "unanswered", id, value, reason: t("live.unanswered") });
        askFates();
      } else learn(gesture, reply);
      done();
    });
  }

  function learn(gesture: CommandFate, reply: Reply<Command>): void {
    const { id, point, value } = gesture;
    unanswered.remove(id);
    const newest = store.getState().gestures.get(point);
    // A newer gesture replaces it. Without any gesture, it is from before a reload: then only a refusal is shown.
    if (newest ? newest.id !== id : !isRefused(reply)) return;
    if (!reply.ok) refuse(point, id, value, reply.code, reply.message);
    else if (reply.value.state === "refused") {
      const { code, reason, retryAfter } = reply.value;
      const retryAt = retryAfter === undefined ? {} : { retryAt: timers.monotonic() + retryAfter };
      store.setGesture(point, { phase: "refused", id, value, code, reason, ...retryAt });
    } else {
      store.setGesture(point, undefined);
      store.learnCommand(reply.value);
    }
  }

  /** Asks for the outcome of each unanswered gesture. A gesture that the server has not received by now, it will never accept. */
  function askFates(): void {
    if (stopped || !socket.connected || store.getState().connection.state !== "live") return;
    for (const gesture of unanswered.all()) {
      const { id, point, value } = gesture;
      if (asking.has(id) || askedFate.has(id)) continue;
      askedFate.add(id);
      socket
        .timeout(FATE_ANSWER_MS)
        .emit("command:fate", { id, point, value }, (error: Error | null, reply?: Reply<Command>) => {
          askedFate.delete(id);
          if (error || !reply || (!reply.ok && reply.code !== "bad-request")) {
            cancelFates?.();
            cancelFates = timers.after(FATE_AGAIN_MS, askFates);
            return;
          }
          learn(gesture, reply);
        });
    }
  }

  function go(point: PointId, slide: Slide, next: Act): void {
    slide.waiting = undefined;
    slide.sentAt = timers.monotonic();
    slide.cancel = timers.after(COMMAND_TIMEOUT_MS + SLIDE_MS, () => goOn(point, slide));
    ask(point, next, undefined, () => {
      slide.cancel?.();
      slide.cancel = timers.after(Math.max(0, slide.sentAt + SLIDE_MS - timers.monotonic()), () => goOn(point, slide));
    });
  }

  function goOn(point: PointId, slide: Slide): void {
    slide.cancel = undefined;
    if (slide.waiting) go(point, slide, slide.waiting);
    else slides.delete(point);
  }

  const unlisten = store.onConnection(askFates);

  return {
    send(point, value, options) {
      // A new gesture replaces the value that a slider still holds back.
      const slide = slides.get(point);
      slide?.cancel?.();
      slides.delete(point);
      ask(point, act(value), options?.confirmed, () => undefined);
    },
    slide(point, value) {
      let slide = slides.get(point);
      if (slide) {
        slide.waiting = act(value);
        return;
      }
      slide = { sentAt: 0, waiting: undefined, cancel: undefined };
      slides.set(point, slide);
      go(point, slide, act(value));
    },
    async dismiss(point) {
      const { gestures, points } = store.getState();
      const gesture = gestures.get(point);
      const command = points.get(point)?.command;
      if (gesture) {
        store.setGesture(point, undefined);
        if (gesture.id !== command?.id) return undefined;
      }
      if (!command) return undefined;
      try {
        const reply = await socket.timeout(FATE_ANSWER_MS).emitWithAck("command:dismiss", { id: command.id, point });
        return reply.ok ? undefined : inWords(reply.message);
      } catch {
        // Socket.IO rejects only when no answer came in time.
        return t("live.notDismissed");
      }
    },
    stop() {
      stopped = true;
      unlisten();
      cancelFates?.();
      for (const slide of slides.values()) slide.cancel?.();
      slides.clear();
    },
  };
}

const isRefused = (reply: Reply<Command>): boolean => reply.ok && reply.value.state === "refused";

/** A UUID v4. `crypto.randomUUID` is missing on pages loaded by plain HTTP from another machine, which is common at home. */
export function newCommandId(): CommandId {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    "-",
  ) as CommandId;
}
