import type { BrokerId } from "../../lib/ids";
import type { ErrorCode, Reply } from "../../lib/protocol";
import { type Said, say } from "../../lib/texts/said";
import type { Catalog } from "../ports";

export const refused = (code: ErrorCode, message: Said, field?: string): Reply<never> =>
  field === undefined ? { ok: false, code, message } : { ok: false, code, message, field };

/** The broker that a page names, or the default one; refused where there is none. */
export function brokerFor(catalog: Catalog, named: BrokerId | undefined): Reply<BrokerId> {
  const broker = named ?? catalog.defaultBroker();
  if (broker !== undefined && catalog.brokers().some(({ item }) => item.id === broker))
    return { ok: true, value: broker };
  const why = broker ? say("reply.noBroker", { broker }) : say("reply.noBrokerConfigured");
  return refused("not-found", why, "broker");
}
