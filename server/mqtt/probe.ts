import type { Broker } from "../../lib/broker";
import { urlsOf } from "../../lib/brokerAddresses";
import { say } from "../../lib/texts/said";
import type { BrokerTestOutcome, FailedAddress } from "../ports";
import type { ConnectionFault } from "./connectionFaults";
import { type Down, type Link, openLink } from "./link";
import { clientIdFor, type Protocol } from "./options";
import type { LinkSettings } from "./reconnector";

/** The whole test ends within 10 s, both versions together. */
const TOTAL_MS = 9_000;

interface Attempt {
  down?: Down;
  link?: Link;
}

type AddressOutcome = { ok: true; protocol: Protocol; ms: number } | { ok: false; fault: ConnectionFault };

/** Connects to each address, says what came of it, and hangs up. Changes nothing. */
export async function testBroker(broker: Broker, settings: LinkSettings): Promise<BrokerTestOutcome> {
  const urls = urlsOf(broker);
  const outcomes = await Promise.all(urls.map((url) => testAddress({ ...broker, url }, settings)));
  const unreachable = outcomes.flatMap((outcome, i): FailedAddress[] =>
    outcome.ok ? [] : [{ url: urls[i] as string, ...outcome.fault }],
  );
  const worked = outcomes.find((outcome) => outcome.ok);
  if (worked?.ok) return { ...worked, ...(unreachable.length > 0 && { unreachable }) };
  const { fault, reason } = unreachable[0] as FailedAddress;
  if (urls.length === 1) return { ok: false, fault, reason };
  return { ok: false, fault, reason: say("connection.noneOf", { count: urls.length, why: reason }) };
}

async function testAddress(broker: Broker, settings: LinkSettings): Promise<AddressOutcome> {
  const { clock } = settings;
  const started = clock.monotonic();
  const took = (): number => Math.round(clock.monotonic() - started);
  const deadline = started + Math.min(TOTAL_MS, settings.connectTimeoutMs);
  const clientId = clientIdFor(broker, "test");

  const attempt = (protocol: Protocol): Promise<Attempt> =>
    new Promise((resolve) => {
      const connectTimeoutMs = Math.max(500, deadline - clock.monotonic());
      openLink(
        { ...settings, broker, clientId, protocol, connectTimeoutMs },
        { onUp: (link) => resolve({ link }), onDown: (down) => resolve({ down }) },
      );
    });

  for (const protocol of ["5", "3.1.1"] as const) {
    const { link, down } = await attempt(protocol);
    if (link) {
      const ms = took();
      await link.close();
      return { ok: true, protocol, ms };
    }
    if (down && (protocol === "3.1.1" || down.refused5 === "no"))
      return { ok: false, fault: { fault: down.fault, reason: down.reason } };
  }
  return { ok: false, fault: { fault: "other", reason: say("connection.failed") } };
}
