export type { Cancel, Clock } from "../../lib/clock";
export type { Unsubscribe } from "../../lib/listeners";

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
