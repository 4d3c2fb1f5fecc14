import { GESTURE_MS, SILENCE_MS } from "../../lib/protocolLimits";
import { err, ok, type Result } from "../../lib/result";
import type { Expiry } from "../ports";

/** What the clocks of page and server may differ in rate, and what a browser may round away. */
const SLACK_MS = 500;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/**
 * Until when a gesture that arrives now may be carried out (epoch ms), or why it may not any more: rules CM-31 to CM-33. A press that
 * was delayed on its way must not start a pump half a minute later.
 */
export function expiryOf(expiry: Expiry, now: number, epoch: string): Result<number> {
  if (expiry.by === "never") return ok(Number.POSITIVE_INFINITY);
  if (expiry.by === "time")
    return now <= expiry.at ? ok(expiry.at) : err(`Not sent: it arrived ${seconds(now - expiry.at)} after it expired.`);
  const { age } = expiry;
  if (!age) return err("Not sent: the page had just connected and did not show current values yet. Try again.");
  if (age.epoch !== epoch) return err("Not sent: the page showed the values of an earlier run of Telltale. Try again.");
  if (age.since > SILENCE_MS + SLACK_MS)
    return err(`Not sent: the page had received nothing from Telltale for ${seconds(age.since)}.`);
  const pressedAt = age.stamp + age.since;
  if (pressedAt > now + SLACK_MS) return err("Not sent: Telltale's clock was changed meanwhile. Try again.");
  const late = now - pressedAt;
  if (late > GESTURE_MS) return err(`Not sent: the connection was interrupted, and it arrived ${seconds(late)} late.`);
  return ok(pressedAt + GESTURE_MS);
}
