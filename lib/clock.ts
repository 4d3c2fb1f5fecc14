export type Cancel = () => void;

/** Time as a part, so that tests own it. */
export interface Clock {
  /** Milliseconds since the epoch: for a moment that is told or stored. Goes back when the machine's clock is set back. */
  now(): number;
  /** Milliseconds since some moment: for how long something takes or has to wait. Never goes back. */
  monotonic(): number;
  after(ms: number, run: () => void): Cancel;
  every(ms: number, run: () => void): Cancel;
}
