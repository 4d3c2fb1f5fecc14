import type { Steps } from "../../lib/steps";
import type { HeardMessage, HeardPast } from "../pipeline/cluster/ring";
import { heardSince, type TakeOver, takingOver } from "../pipeline/cluster/takeOver";
import type { Clock, RecordedSoFar } from "../ports";
import { inTurns } from "../turns";
import { createRecordingBook, type RecordingBook } from "./recordingBook";
import type { RecordingListener } from "./recordingListener";

export interface RecordingStart extends Pick<TakeOver, "offset" | "unheard"> {
  book: RecordingBook;
  /** Received by this node and not stored by the recorder before. In order. */
  missed: HeardMessage[];
  past: HeardPast;
}

export interface RecordingStartParts {
  listener: Pick<RecordingListener, "past">;
  hash: (payload: Uint8Array) => string;
  clock: Pick<Clock, "now">;
}

/** Looks through what this node has heard, over as many turns of the event loop as it takes: there may be hundreds of thousands of messages. */
export async function prepareRecording(
  stored: RecordedSoFar,
  { listener, hash, clock }: RecordingStartParts,
): Promise<RecordingStart> {
  const past = listener.past(heardSince(stored, clock.now()));
  const { messages, awaited, offset, unheard } = await inTurns(takingOver(stored, past, hash));
  const book = createRecordingBook(hash);
  book.await(awaited);
  await inTurns(noting(book, messages));
  return { book, missed: messages, offset, unheard, past };
}

function* noting(book: RecordingBook, messages: readonly HeardMessage[]): Steps {
  for (const message of messages) {
    book.note(message);
    yield;
  }
}

/** What came while the past was looked through, in the turn in which it ends: no message is both in it and handed on, and none in neither. */
export function addLate({ book, missed, past }: RecordingStart, listener: Pick<RecordingListener, "after">): void {
  for (const message of listener.after(past)) {
    if (book.isAwaited(message)) continue;
    book.note(message);
    missed.push(message);
  }
}
