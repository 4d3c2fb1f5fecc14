import { GESTURE_MS, SILENCE_MS } from "../../../lib/protocolLimits";
import { err, ok, type Result } from "../../../lib/result";
import { secondsText } from "../../../lib/secondsText";
import type { Expiry, ProgramExpiry } from "../../ports";

/** What the clocks of page and server may differ in rate, and what a browser may round away. */
const SLACK_MS = 500;

/**
 * Until when a gesture that arrives now may be carried out (epoch ms), or why it may not any more: rules CM-31 to CM-33. A press that
 * was delayed on its way must not start a pump half a minute later.
 */
export function expiryOf(expiry: Expiry, now: number, epoch: string): Result<number> {
  if (expiry.by !== "page") return programExpiryOf(expiry, now);
  const { age } = expiry;
  if (!age) return err("Not sent: the page had just connected and did not show current values yet. Try again.");
  if (age.epoch !== epoch) return err("Not sent: the page showed the values of an earlier run of Telltale. Try again.");
  if (age.since > SILENCE_MS + SLACK_MS)
    return err(`Not sent: the page had received nothing from Telltale for ${secondsText(age.since)}.`);
  const pressedAt = age.stamp + age.since;
  if (pressedAt > now + SLACK_MS) return err("Not sent: Telltale's clock was changed meanwhile. Try again.");
  const late = now - pressedAt;
  if (late > GESTURE_MS)
    return err(`Not sent: the connection was interrupted, and it arrived ${secondsText(late)} late.`);
  return ok(pressedAt + GESTURE_MS);
}

/** The same for a program, which says a time of this server's clock or takes what comes. */
export function programExpiryOf(expiry: ProgramExpiry, now: number): Result<number> {
  if (expiry.by === "never") return ok(Number.POSITIVE_INFINITY);
  const late = now - expiry.at;
  return late <= 0 ? ok(expiry.at) : err(`Not sent: it arrived ${secondsText(late)} after it expired.`);
}
