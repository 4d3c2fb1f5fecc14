import type { Broker, BrokerLimit } from "../../lib/broker";
import { urlsOf } from "../../lib/brokerAddresses";
import { say } from "../../lib/texts/said";
import type { BrokerTestOutcome, FailedAddress } from "../ports";
import { findLimits } from "./brokerLimits";
import type { ConnectionFault } from "./connectionFaults";
import { type Down, type Link, openLink } from "./link";
import { clientIdFor, type Protocol } from "./options";
import type { LinkSettings } from "./reconnector";

/** The whole test ends within 10 s, both versions and what the broker cannot do together. */
const TOTAL_MS = 7_000;

interface Attempt {
  down?: Down;
  link?: Link;
}

type AddressOutcome = { ok: true; protocol: Protocol; ms: number } | { ok: false; fault: ConnectionFault };

/** Connects to each address, says what came of it and what the broker cannot do, and hangs up. */
export async function testBroker(broker: Broker, settings: LinkSettings): Promise<BrokerTestOutcome> {
  const urls = urlsOf(broker);
  /** Of the first address that works: the members of a cluster are alike, and the others may take long to fail. */
  let limits: Promise<BrokerLimit[] | undefined> | undefined;
  const outcomes = await Promise.all(
    urls.map(async (url) => {
      const member = { ...broker, url };
      const outcome = await testAddress(member, settings);
      if (outcome.ok) limits ??= findLimits({ broker: member, protocol: outcome.protocol, settings });
      return outcome;
    }),
  );
  const unreachable = outcomes.flatMap((outcome, i): FailedAddress[] =>
    outcome.ok ? [] : [{ url: urls[i] as string, ...outcome.fault }],
  );
  const worked = outcomes.find((outcome) => outcome.ok);
  if (worked?.ok) {
    const found = await limits;
    return { ...worked, ...(unreachable.length > 0 && { unreachable }), ...(found && { limits: found }) };
  }
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
