import { type FSWatcher, unwatchFile, watch, watchFile } from "node:fs";
import path from "node:path";

export interface FileWatch {
  /** Further files whose change counts. */
  also(files: readonly string[]): void;
  stop(): void;
}

/** A look now and then, for what sends no events: a bind-mounted file, a network disk, a directory that is not there yet. */
const LOOK_MS = 2000;

/**
 * Tells, `settleMs` after the last sign of a change, that the file may be another one now; the caller compares what it reads.
 * The directory is watched and not the file: editors and Kubernetes put a new file in its place, and a watch on the old one would
 * stay with the old one.
 */
export function watchFiles(file: string, settleMs: number, onSettled: () => void): FileWatch {
  let timer: NodeJS.Timeout | undefined;
  const looked = new Set<string>();
  const touch = () => {
    clearTimeout(timer);
    timer = setTimeout(onSettled, settleMs);
    timer.unref();
  };
  const look = (name: string) => {
    if (looked.has(name)) return;
    looked.add(name);
    watchFile(name, { interval: LOOK_MS, persistent: false }, touch);
  };
  const directory = watchDirectory(path.dirname(file), touch);
  look(file);

  return {
    also(files) {
      for (const name of looked)
        if (name !== file && !files.includes(name)) {
          unwatchFile(name, touch);
          looked.delete(name);
        }
      for (const name of files) look(name);
    },
    stop() {
      clearTimeout(timer);
      directory?.close();
      for (const name of looked) unwatchFile(name, touch);
    },
  };
}

function watchDirectory(directory: string, touch: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(directory, { persistent: false }, touch);
    // The directory itself was removed, or the system ran out of watches: the look now and then remains.
    watcher.on("error", () => watcher.close());
    return watcher;
  } catch (error) {
    if (["ENOENT", "ENOSPC", "EMFILE"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}
