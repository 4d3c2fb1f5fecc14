export type Cancel = () => void;

/** Time as a part, so that tests own it. Milliseconds since the epoch. */
export interface Clock {
  now(): number;
  after(ms: number, run: () => void): Cancel;
  every(ms: number, run: () => void): Cancel;
}
