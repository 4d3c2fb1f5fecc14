import { z } from "zod";
import type { Said as SaidType } from "./texts/said";
import { Said, Wording } from "./texts/saidSchema";

/** `null` is a value that the device itself calls unknown; it is never shown as zero. */
export const Value = z.union([z.number(), z.boolean(), z.string(), z.null()]);
export type Value = z.infer<typeof Value>;

/** How far a point can be trusted right now. `alarm` is not here: it is a matter of the value (lib/thresholds), not of freshness. */
export const Freshness = z.enum(["live", "stale", "offline", "unknown"]);
export type Freshness = z.infer<typeof Freshness>;

/** A point's value at a time (epoch milliseconds). */
export interface Reading {
  value: Value;
  /** The device's own time where the registration names it, else when the server received it. */
  at: number;
  /** When the server received it. */
  receivedAt: number;
  /** Met on subscribing, of unknown age. */
  retained: boolean;
}

/** Why a payload gave no reading. Counted, shown on the point and in the explorer; never a zero, never a crash. */
export interface Reject {
  code:
    | "too-large"
    | "not-utf8"
    | "not-json"
    | "not-format"
    | "transform"
    | "too-deep"
    | "no-match"
    | "ambiguous"
    | "wrong-type"
    | "bad-time"
    | "capped";
  message: SaidType;
}

/** `text`: what it says for people, as it travels (Said) or in words. */
const statusWith = <T extends z.ZodType>(text: T) =>
  z.object({
    freshness: Freshness,
    /** Since when it is so. */
    since: z.number(),
    /** For stale, offline and unknown. */
    reason: text.optional(),
    /** The value shown was retained: its true age is unknown. */
    retained: z.boolean().optional(),
    /** The steady interval between readings in ms, once known. */
    every: z.number().optional(),
    /** The newest payload that could not be read, and how many so far. */
    reject: z.object({ message: text, at: z.number(), count: z.number() }).optional(),
  });

/** What everyone may know of a point's trustworthiness. Times are epoch milliseconds. */
export const PointStatus = statusWith(Said);
export type PointStatus = z.infer<typeof PointStatus>;
/** As programs read it over HTTP: in words. */
export const PointStatusOut = statusWith(Wording);
export type PointStatusOut = z.infer<typeof PointStatusOut>;
