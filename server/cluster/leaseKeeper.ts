import {
  askAgainIn,
  holds,
  LEASE,
  type LeaseEnd,
  type LeaseInput,
  type LeaseState,
  stepLease,
  WAITING,
} from "../pipeline/cluster/lease";
import type { Cancel, Clock, Lease, Log } from "../ports";

/** What the keeper needs of the database; `ask` rejects where no answer comes in time. */
export interface LeaseTable {
  ask(name: string, ttl: number): Promise<number | null>;
  release(leases: readonly Lease[]): Promise<void>;
}

export interface LeaseEvents {
  began(epoch: number): void;
  /** Nothing is to be written or done in the name of the lease any more, from this call on. */
  ended(why: LeaseEnd): void;
}

export interface WantedLease {
  readonly name: string;
  /** The epoch in which something may be written now; undefined: the lease is not held. */
  epoch(): number | undefined;
  /** A write in this epoch was refused. */
  fenced(epoch: number): void;
  /** Asks now: another holder has said that it gave the lease back. */
  askNow(): void;
  /** Ends it here at once and resolves when the database has it back. */
  release(): Promise<void>;
}

export interface LeaseKeeper {
  /** Without `on`: whoever wants it asks for its epoch when it matters. */
  want(name: string, on?: LeaseEvents): WantedLease;
  /** Somebody gave this lease back. */
  released(name: string): void;
  /** Names of the leases that are held, for the metrics and the page Nodes. */
  held(): string[];
  stop(): Promise<void>;
}

/** Asks for leases, renews them, and says on time when they end: also when the database is silent, and when the process was paused. */
export function createLeaseKeeper({ table, clock, log }: { table: LeaseTable; clock: Clock; log: Log }): LeaseKeeper {
  const wanted = new Map<string, WantedLease>();
  /** What the database is being given back: whoever asks for it before would be given the epoch that ends with it. */
  const releasing = new Map<string, Promise<void>>();

  function want(name: string, on?: LeaseEvents): WantedLease {
    let state: LeaseState = WAITING;
    let askTimer: Cancel = () => {};
    let endTimer: Cancel = () => {};
    let asking = false;
    let askAgainNow = false;
    let failing = false;

    function apply(input: LeaseInput): void {
      const step = stepLease(state, input);
      state = step.state;
      endTimer();
      if (state.state === "held")
        endTimer = clock.after(state.until - clock.monotonic(), () => apply({ type: "tick", now: clock.monotonic() }));
      for (const change of step.changes) {
        log.info({ lease: name, ...change }, change.change === "began" ? "a lease is held" : "a lease has ended");
        if (change.change === "began") on?.began(change.epoch);
        else on?.ended(change.why);
      }
    }

    const isReleased = (): boolean => state.state === "released";

    async function giveBack(epoch: number): Promise<void> {
      const released = table.release([{ name, epoch }]).catch((error: unknown) => {
        log.warn({ lease: name, error: String(error) }, "a lease could not be given back; it expires by itself");
      });
      releasing.set(name, released);
      await released;
      if (releasing.get(name) === released) releasing.delete(name);
    }

    async function ask(): Promise<void> {
      askTimer();
      if (asking || state.state === "released") {
        askAgainNow = asking;
        return;
      }
      asking = true;
      askAgainNow = false;
      await releasing.get(name);
      const asked = clock.monotonic();
      try {
        const epoch = await table.ask(name, LEASE.ttl);
        failing = false;
        // Asked for before it was given up: nobody here would ever give it back.
        if (isReleased() && epoch !== null && !wanted.has(name)) await giveBack(epoch);
        apply({ type: "answer", asked, now: clock.monotonic(), epoch });
      } catch (error) {
        if (!failing) log.warn({ lease: name, error: String(error) }, "the database does not answer for a lease");
        failing = true;
        apply({ type: "tick", now: clock.monotonic() });
      }
      asking = false;
      const wait = askAgainNow ? 0 : askAgainIn(state);
      if (wait !== undefined) askTimer = clock.after(Math.max(0, asked + wait - clock.monotonic()), () => void ask());
    }

    const one: WantedLease = {
      name,
      epoch: () => (holds(state, clock.monotonic()) ? state.epoch : undefined),
      fenced: (epoch) => apply({ type: "fenced", epoch }),
      askNow: () => void ask(),
      async release() {
        const epoch = state.state === "held" ? state.epoch : undefined;
        askTimer();
        apply({ type: "release" });
        if (wanted.get(name) === one) wanted.delete(name);
        if (epoch !== undefined) await giveBack(epoch);
      },
    };
    wanted.set(name, one);
    void ask();
    return one;
  }

  return {
    want,
    released: (name) => wanted.get(name)?.askNow(),
    held: () => [...wanted.values()].filter((one) => one.epoch() !== undefined).map(({ name }) => name),
    async stop() {
      await Promise.all([...wanted.values()].map((one) => one.release()));
    },
  };
}
