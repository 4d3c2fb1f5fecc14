import { type Access, mayAdminister } from "../../../lib/access";
import { type BrokerOut, type BrokerPatch, type BrokerSeen, type BrokerTest, brokerContracts } from "../../../lib/api";
import type { Broker, BrokerLimit, BrokerState, BrokerStateOut } from "../../../lib/broker";
import { mayReuseSecrets, urlsOf } from "../../../lib/brokerAddresses";
import { openBrokerState } from "../../../lib/brokerView";
import { err, ok, type Result } from "../../../lib/result";
import { inWords, say } from "../../../lib/texts/said";
import type { PlainKey } from "../../../lib/texts/t";
import type { BrokerTestOutcome, ConfiguredBroker, Sourced } from "../../ports";
import { implement, type Mount } from "../implement";
import type { HttpParts } from "../parts";
import { catalogFault, type Fault, fieldFault, notFound } from "../problem";
import { changeFault, ifMatch, tag, tagged } from "../versions";

export function brokerRoutes({ catalog, brokers, clock }: HttpParts): Mount[] {
  const find = (id: string) => catalog.brokers().find(({ item }) => item.id === id);
  const stateOf = ({ id, name }: Broker): BrokerState =>
    brokers.states().find((s) => s.id === id) ?? { id, name: name ?? id, state: "connecting", since: clock.now() };
  const seen = (sourced: Sourced<Broker>, access: Access) =>
    mayAdminister(access) ? brokerOut(sourced, stateOf(sourced.item)) : brokerSeen(sourced, stateOf(sourced.item));
  const one = (id: string) => {
    const found = find(id);
    return found ? ok(brokerOut(found, stateOf(found.item))) : err(notFound(say("problem.broker", { id })));
  };

  const current = (id: string) => {
    const found = one(id);
    return found.ok ? found.value : null;
  };

  return implement(brokerContracts, {
    list: async ({ access }) => ok(catalog.brokers().map((sourced) => seen(sourced, access))),

    async create({ body, audit, answerHeaders }) {
      const result = await catalog.putBroker(body, "create");
      if (!result.ok) return err(catalogFault(result.error));
      await audit("broker.create", body.id, trail(body));
      return tagged(answerHeaders, one(body.id));
    },

    async test({ body }) {
      const complete = withSecrets(body, find(body.id)?.item);
      if (!complete.ok) return complete;
      const [unreadable] = complete.value.unreadable ?? [];
      if (unreadable !== undefined) return err(unreadableFault(unreadable));
      return ok(testOut(await brokers.test(complete.value)));
    },

    async get({ params, access, answerHeaders }) {
      const found = find(params.id);
      if (!found) return err(notFound(say("problem.broker", { id: params.id })));
      if (mayAdminister(access)) tag(answerHeaders, found);
      return ok(seen(found, access));
    },

    async replace({ params, body, headers, answerHeaders, audit }) {
      const before = find(params.id);
      if (!before) return err(notFound(say("problem.broker", { id: params.id })));
      if (body.id !== params.id) return err(fieldFault("/id", say("problem.brokerIdFixed")));
      const complete = withSecrets(body, before.item);
      if (!complete.ok) return complete;
      const after = complete.value;
      const result = await catalog.putBroker(after, { replace: ifMatch(headers) });
      if (!result.ok) return err(changeFault(result.error, () => current(after.id)));
      await audit("broker.change", after.id, trail(after, before.item));
      return tagged(answerHeaders, one(after.id));
    },

    async remove({ params, headers, audit }) {
      const before = find(params.id);
      if (!before) return err(notFound(say("problem.broker", { id: params.id })));
      const result = await catalog.deleteBroker(before.item.id, ifMatch(headers));
      if (!result.ok) return err(changeFault(result.error, () => current(before.item.id)));
      await audit("broker.delete", before.item.id, addressTrail(before.item));
      return ok(null);
    },
  });
}

const brokerSeen = ({ item: { id, name }, origin }: Sourced<Broker>, state: BrokerState): BrokerSeen => ({
  origin,
  broker: { id, name },
  state: stateOut(openBrokerState(state)),
});

function brokerOut({ item, origin, version }: Sourced<ConfiguredBroker>, state: BrokerState): BrokerOut {
  const { password, key, unreadable, ...open } = item;
  return {
    origin,
    version,
    broker: open,
    has: { password: password !== undefined, key: key !== undefined },
    ...(unreadable && { unreadable: [...unreadable] }),
    state: stateOut(state),
  };
}

function stateOut(state: BrokerState): BrokerStateOut {
  if (state.state === "offline") return { ...state, reason: inWords(state.reason) };
  if (state.state === "connecting") return state;
  return { ...state, refused: state.refused.map(({ filter, reason }) => ({ filter, reason: inWords(reason) })) };
}

const LIMITS = {
  qos2: "connection.limitQos2",
  retained: "connection.limitRetained",
  "retained-wildcards": "connection.limitRetainedWildcards",
  wildcards: "connection.limitWildcards",
  dot: "connection.limitDot",
  space: "connection.limitSpace",
  sys: "connection.limitSys",
} as const satisfies Readonly<Record<BrokerLimit, PlainKey>>;

function testOut(outcome: BrokerTestOutcome): BrokerTest {
  if (!outcome.ok) return { ...outcome, reason: inWords(outcome.reason) };
  const { unreachable = [], limits, ...worked } = outcome;
  const failed = unreachable.map((member) => ({ ...member, reason: inWords(member.reason) }));
  return {
    ...worked,
    ...(failed.length > 0 && { unreachable: failed }),
    ...(limits && { limits: limits.map((limit) => ({ limit, text: inWords(say(LIMITS[limit])) })) }),
  };
}

/**
 * With the stored secrets where the body leaves them out, which it may while its user stays the same and no address is new. One that
 * cannot be read stays stored.
 */
function withSecrets(
  { password, key, ...open }: BrokerPatch,
  stored: ConfiguredBroker | undefined,
): Result<ConfiguredBroker, Fault> {
  const given = { password, key };
  const isStored = (name: SecretName) => stored?.[name] !== undefined || stored?.unreadable?.includes(name);
  const leftOut = SECRETS.filter((name) => given[name] === undefined && isStored(name));
  const [first] = leftOut;
  if (stored && first !== undefined && !mayReuseSecrets(stored, open)) return err(enterAgain(first));
  const unreadable = leftOut.filter((name) => stored?.unreadable?.includes(name));
  const secrets = SECRETS.flatMap((name) => {
    const secret = given[name] === undefined ? stored?.[name] : given[name];
    return secret == null ? [] : [[name, secret] as const];
  });
  return ok({ ...open, ...Object.fromEntries(secrets), ...(unreadable.length > 0 && { unreadable }) });
}

const SECRETS = ["password", "key"] as const;
type SecretName = (typeof SECRETS)[number];

const enterAgain = (name: SecretName): Fault => fieldFault(`/${name}`, say("problem.enterAgain", { secret: name }));

const unreadableFault = (name: SecretName): Fault =>
  fieldFault(`/${name}`, say("problem.enterUnreadable", { secret: name }));

const addressTrail = ({ url, otherUrls }: Broker): Record<string, unknown> => ({
  url,
  ...(otherUrls && { otherUrls }),
});

/** What the audit trail says of a broker: that a secret changed, never what it is. */
function trail(after: Broker, before?: ConfiguredBroker): Record<string, unknown> {
  const secrets = (["password", "key"] as const).filter((name) => after[name] !== before?.[name]);
  return {
    ...addressTrail(after),
    username: after.username ?? null,
    verify: after.verify ?? true,
    ...(before && String(urlsOf(before)) !== String(urlsOf(after)) && { before: addressTrail(before) }),
    ...(secrets.length > 0 && { secretsChanged: secrets }),
  };
}
