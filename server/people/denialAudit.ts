import type { Cancel, Clock, ConfigStore, DenialAudit, Log } from "../ports";

const WINDOW_MS = 60_000;
/** What comes from more accounts and addresses than these within a minute is counted together. */
const MOST_WINDOWS = 1000;
const MOST_TARGETS = 5;

interface Window {
  kind: string;
  actor: string;
  address: string;
  since: number;
  count: number;
  targets: Set<string>;
  end: Cancel;
}

/**
 * Who was turned away, one row for each kind, account and address a minute, written when the minute is over: a page that asks every
 * few seconds, or an attack, must not fill the disk.
 */
export function createDenialAudit({
  clock,
  log,
  store,
}: {
  clock: Clock;
  log: Log;
  store: ConfigStore;
}): DenialAudit & {
  stop(): Promise<void>;
} {
  const windows = new Map<string, Window>();

  async function write(key: string): Promise<void> {
    const window = windows.get(key);
    if (!window) return;
    windows.delete(key);
    window.end();
    const { kind, actor, address, since, count, targets } = window;
    const [target = "", ...more] = targets;
    try {
      await store.appendAudit({
        at: since,
        actor,
        action: `denied.${kind}`,
        target,
        detail: { count, until: clock.now(), ...(more.length > 0 && { more }) },
        address: address === "" ? null : address,
      });
    } catch (error) {
      log.warn({ err: error, kind, count }, "what was denied could not be audited");
    }
  }

  return {
    note({ kind, actor, address, target }) {
      const own = `${kind}\n${actor}\n${address}`;
      const full = windows.size >= MOST_WINDOWS && !windows.has(own);
      const key = full ? kind : own;
      let window = windows.get(key);
      if (!window) {
        window = {
          kind,
          actor: full ? "several" : actor,
          address: full ? "" : address,
          since: clock.now(),
          count: 0,
          targets: new Set(),
          end: clock.after(WINDOW_MS, () => void write(key)),
        };
        windows.set(key, window);
      }
      window.count++;
      if (window.targets.size < MOST_TARGETS) window.targets.add(target.slice(0, 200));
    },
    async stop() {
      await Promise.all([...windows.keys()].map(write));
    },
  };
}
