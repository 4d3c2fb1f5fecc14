export type { Unsubscribe } from "../../lib/listeners";

export type Cancel = () => void;

/** Time as a part, so that tests own it. Milliseconds since the epoch. */
export interface Clock {
  now(): number;
  after(ms: number, run: () => void): Cancel;
  every(ms: number, run: () => void): Cancel;
}

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
