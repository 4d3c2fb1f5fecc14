import { MOVES } from "@/lib/composite/cover";
import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import type { Parts } from "../definition";

export interface Move {
  role: string;
  point: PointInfo;
  /** What is sent: nothing but a press, or one of the words that the cover's state takes. */
  value: Value;
}

/** The buttons of a cover: its own points, or the words that its state takes as orders (Zigbee2MQTT). */
export function movesOf({ state, ...parts }: Parts): Move[] {
  return [...MOVES].flatMap((role): Move[] => {
    const point = parts[role];
    if (point?.command) return [{ role, point, value: null }];
    const word = state?.command?.options?.find((option) => option.toLowerCase() === role);
    return state && word !== undefined ? [{ role, point: state, value: word }] : [];
  });
}
