import { MOVES } from "@/lib/composite/cover";
import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import type { Parts } from "../definition";

export interface Move {
  role: string;
  point: PointInfo;
  /** The value to send: null for a press, or one of the words that the cover's state accepts. */
  value: Value;
}

/** The buttons of a cover: points of their own, or the words that its state accepts as commands (Zigbee2MQTT). */
export function movesOf({ state, ...parts }: Parts): Move[] {
  return [...MOVES].flatMap((role): Move[] => {
    const point = parts[role];
    if (point?.command) return [{ role, point, value: null }];
    const word = state?.command?.options?.find((option) => option.toLowerCase() === role);
    return state && word !== undefined ? [{ role, point: state, value: word }] : [];
  });
}
