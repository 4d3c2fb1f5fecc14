import type { Command } from "../../../lib/command";
import type { Clock, ConfigStore, Log } from "../../ports";

const AGAIN_MS = 1_000;

export interface StateWriter {
  /** Resolves when it is on disk, or could not be brought there before `stop`. Never rejects. */
  write(command: Command): Promise<void>;
  /** Whatever waits is tried no more: the next start calls it unknown. */
  stop(): void;
}

/**
 * Writes down what became of commands, as often as it takes: a database that was locked or a disk that was full when a device
 * answered must not leave the command open in the audit, to be called unknown by the next start.
 */
export function createStateWriter({ clock, log, store }: { clock: Clock; log: Log; store: ConfigStore }): StateWriter {
  const waiting = new Set<() => void>();
  let stopped = false;

  const pause = () =>
    new Promise<void>((resolve) => {
      const go = () => {
        waiting.delete(go);
        cancel();
        resolve();
      };
      const cancel = clock.after(AGAIN_MS, go);
      waiting.add(go);
    });

  return {
    async write(command) {
      const fields = { command: command.id, state: command.state };
      for (let failures = 0; ; failures++) {
        try {
          await store.updateCommand(command);
          if (failures > 0) log.info(fields, "the command's state is written now");
          return;
        } catch (error) {
          if (failures === 0) log.error({ err: error, ...fields }, "write of a command's state failed; retrying");
          if (stopped) return;
          await pause();
        }
      }
    },
    stop() {
      stopped = true;
      for (const go of [...waiting]) go();
    },
  };
}
