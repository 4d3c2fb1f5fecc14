import { GESTURE_MS, SILENCE_MS } from "../../../lib/protocolLimits";
import { err, ok, type Result } from "../../../lib/result";
import { secondsSaid } from "../../../lib/secondsText";
import { type Said, say } from "../../../lib/texts/said";
import type { Expiry, ProgramExpiry } from "../../ports";

/** What the clocks of page and server may differ in rate, and what a browser may round away. */
const SLACK_MS = 500;

/**
 * Until when a gesture that arrives now may be carried out (epoch ms), or why it may not any more: rules CM-31 to CM-33. A press that
 * was delayed on its way must not start a pump half a minute later.
 */
export function expiryOf(expiry: Expiry, now: number, epoch: string): Result<number, Said> {
  if (expiry.by !== "page") return programExpiryOf(expiry, now);
  const { age } = expiry;
  if (!age) return err(say("commands.noValuesYet"));
  if (age.epoch !== epoch) return err(say("commands.earlierRun"));
  if (age.since > SILENCE_MS + SLACK_MS) return err(say("commands.pageSilent", { length: secondsSaid(age.since) }));
  const pressedAt = age.stamp + age.since;
  if (pressedAt > now + SLACK_MS) return err(say("commands.clockChanged"));
  const late = now - pressedAt;
  if (late > GESTURE_MS) return err(say("commands.arrivedLate", { length: secondsSaid(late) }));
  return ok(pressedAt + GESTURE_MS);
}

/** The same for a program, which says a time of this server's clock or takes what comes. */
export function programExpiryOf(expiry: ProgramExpiry, now: number): Result<number, Said> {
  if (expiry.by === "never") return ok(Number.POSITIVE_INFINITY);
  const late = now - expiry.at;
  return late <= 0 ? ok(expiry.at) : err(say("commands.arrivedExpired", { length: secondsSaid(late) }));
}
