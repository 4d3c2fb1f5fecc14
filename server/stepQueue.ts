import type { Steps } from "../lib/steps";
import type { Clock } from "./ports";

/** So long work goes on within one turn of the event loop; messages, frames and requests come in between. */
const TURN_MS = 8;

/** Work in steps, worked off one job after the other, at most TURN_MS in each turn of the event loop. */
export interface StepQueue {
  /** Begun at once where nothing waits and this turn has time left, so that small work is done when this returns. */
  add<T>(steps: Steps<T>, done: (value: T) => void, weight?: number): void;
  run<T>(steps: Steps<T>): Promise<T>;
  stop(): void;
}

interface Job {
  readonly steps: Steps<unknown>;
  done(value: unknown): void;
  failed(error: unknown): void;
  readonly weight: number;
}

/**
 * `most`: the weight that may wait. What comes on top has the oldest job done at once, so that a flood is slowed down and neither
 * memory fills nor anything is lost.
 */
export function createStepQueue(
  clock: Pick<Clock, "monotonic">,
  onError: (error: unknown) => void,
  most = 32 * 1024 * 1024,
): StepQueue {
  const jobs: Job[] = [];
  let waiting = 0;
  /** What this turn has taken so far; since when it is worked now. */
  let spent = 0;
  let began = 0;
  let working = false;
  let stopped = false;
  let next: NodeJS.Immediate | undefined;

  const worked = (): number => spent + clock.monotonic() - began;
  const isOver = (): boolean => worked() >= TURN_MS;

  function turn(): void {
    next = undefined;
    spent = 0;
    if (jobs.length > 0) work(isOver);
  }

  /** One step; whether the job is at its end. */
  function step(job: Job): boolean {
    try {
      const { done, value } = job.steps.next();
      if (done) job.done(value);
      return done === true;
    } catch (error) {
      job.failed(error);
      return true;
    }
  }

  function work(enough: () => boolean): void {
    if (working || stopped) return;
    working = true;
    next ??= setImmediate(turn);
    began = clock.monotonic();
    for (let job = jobs[0]; job && !enough(); job = jobs[0]) {
      if (!step(job)) continue;
      jobs.shift();
      waiting -= job.weight;
    }
    spent = worked();
    working = false;
  }

  function add(job: Job): void {
    jobs.push(job);
    waiting += job.weight;
    work(isOver);
    if (waiting > most) work(() => waiting <= most);
  }

  return {
    add: (steps, done, weight = 0) => add({ steps, done: done as (value: unknown) => void, failed: onError, weight }),
    run: (steps) =>
      new Promise((resolve, reject) =>
        add({ steps, done: resolve as (value: unknown) => void, failed: reject, weight: 0 }),
      ),
    stop() {
      stopped = true;
      jobs.length = 0;
      clearImmediate(next);
    },
  };
}
