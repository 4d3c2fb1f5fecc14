import { statSync } from "node:fs";
import { asWording, type Said, say } from "../../lib/texts/said";
import { startThread } from "../startThread";
import { type ReadOutcome, type ReadRequest, readConfigFile, unreadable } from "./readConfigFile";

/** Below this, starting a thread takes longer than reading the file. */
const SMALL_BYTES = 4096;
/** Far above what the largest file takes; what is still not read then never will be. */
export const LIMITS = { timeoutMs: 60_000, memoryMb: 1024 };

export interface FileReading {
  cancel(): void;
  /** It must not keep a server alive that is stopping. */
  unref(): void;
}

/** Reads the file without holding the event loop; answers once, unless it is cancelled before. */
export function readOffLoop(request: ReadRequest, done: (outcome: ReadOutcome) => void, limits = LIMITS): FileReading {
  if (sizeOf(request.path) <= SMALL_BYTES) {
    done(readConfigFile(request));
    return { cancel() {}, unref() {} };
  }
  let open = true;
  const worker = startThread("configFileWorker", import.meta.url, request, {
    maxOldGenerationSizeMb: limits.memoryMb,
  });
  const answer = (outcome: ReadOutcome): void => {
    if (!open) return;
    open = false;
    clearTimeout(timer);
    void worker.terminate();
    done(outcome);
  };
  const fail = (why: Said): void => answer(unreadable(request.path, why, []));
  const timer = setTimeout(
    () => fail(say("notice.readsTooLong", { seconds: limits.timeoutMs / 1000 })),
    limits.timeoutMs,
  );
  worker.once("message", (outcome: ReadOutcome) => answer(outcome));
  worker.once("error", (error) => fail(asWording(error.message)));
  worker.once("exit", () => fail(say("notice.readingEnded")));
  return {
    cancel() {
      open = false;
      clearTimeout(timer);
      void worker.terminate();
    },
    unref() {
      timer.unref();
      worker.unref();
    },
  };
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    // Not there, or not readable: reading it tells why.
    return 0;
  }
}
