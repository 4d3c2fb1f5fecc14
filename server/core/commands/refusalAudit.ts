import type { Command } from "../../../lib/command";
import type { Clock, ConfigStore, Log, Session } from "../../ports";

type Refused = Extract<Command, { state: "refused" }>;

/** More than people can press; what comes faster is a program at fault, and must not fill the disk. */
const PER_SECOND = 20;

/** Writes refused commands down too, as well as can be: nobody waits for it, and a flood of them is cut. */
export function createRefusalAudit({ clock, log, store }: { clock: Clock; log: Log; store: ConfigStore }) {
  let second = 0;
  let count = 0;
  return {
    /** `shown`: everyone sees it, so it is kept like a command, to be shown until a person dismisses it. */
    add(refused: Refused, { session, address }: { session: Session; address: string | null }, shown: boolean): void {
      const now = Math.floor(refused.at / 1000);
      if (now !== second) {
        second = now;
        count = 0;
      }
      if (++count > PER_SECOND) return;
      const { id, point, value, by, code, reason } = refused;
      const userId = session.access.user === "anonymous" ? null : session.access.user.id;
      const detail = { id, value, code, reason, userId };
      const row = { at: clock.now(), actor: by, action: "command-refused", target: point, detail, address };
      const written = shown
        ? store.addRefusal({ command: refused, userId: userId ?? "", address }, row)
        : store.appendAudit(row);
      written.catch((error: unknown) =>
        log.warn({ err: error, command: id }, "a refused command could not be audited"),
      );
    },
  };
}
