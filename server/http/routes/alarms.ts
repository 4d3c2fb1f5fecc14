import type { Access } from "../../../lib/access";
import { rulesOfThresholds } from "../../../lib/alarms/fromThresholds";
import type { AlarmRule } from "../../../lib/alarms/rule";
import { type AlarmOut, alarmContracts, MAX_SHELF_MS } from "../../../lib/api/alarms";
import { err, ok, type Result } from "../../../lib/result";
import { say } from "../../../lib/texts/said";
import type { Sourced } from "../../ports";
import { implement, type Mount } from "../implement";
import { linkNext } from "../paging";
import type { HttpParts } from "../parts";
import { catalogFault, type Fault, fieldFault, notFound } from "../problem";
import { changeFault, ifMatch, tagged } from "../versions";

const nameOf = ({ user }: Access): string => (user === "anonymous" ? "anonymous" : user.name);

export function alarmRoutes({ alarms, catalog, live, clock }: HttpParts): Mount[] {
  const show = ({ item, origin, version }: Sourced<AlarmRule>) => ({ origin, version, rule: item });
  const one = (id: string): Result<ReturnType<typeof show>, Fault> => {
    const found = alarms.rules().find(({ item }) => item.id === id);
    return found ? ok(show(found)) : err(notFound(say("problem.alarmRule", { id })));
  };
  const current = (id: string) => {
    const found = one(id);
    return found.ok ? found.value : null;
  };
  const over = (): Fault => ({ status: 409, detail: say("problem.alarmOver") });
  /** The alarm, if this person may act on it. */
  const acted = (id: string, access: Access): Result<AlarmOut, Fault> => {
    const alarm = alarms.find(id, access);
    if (!alarm) return err(notFound(say("problem.alarm", { id })));
    return alarm.operable ? ok(alarm) : err({ status: 403, code: "not-allowed", detail: say("problem.alarmNotYours") });
  };

  return implement(alarmContracts, {
    list: async ({ access }) => ok(alarms.list(access)),

    async acknowledge({ params: { id }, body: { note }, access, audit }) {
      const alarm = acted(id, access);
      if (!alarm.ok) return alarm;
      if (!(await alarms.acknowledge(id, nameOf(access), note))) return err(over());
      await audit("alarm.acknowledge", alarm.value.rule, {
        alarm: id,
        where: alarm.value.where,
        ...(note !== undefined && { note }),
      });
      return ok(alarms.list(access));
    },

    async shelve({ params: { id }, body: { until }, access, audit }) {
      const alarm = acted(id, access);
      if (!alarm.ok) return alarm;
      const now = clock.now();
      if (until <= now || until > now + MAX_SHELF_MS) return err(fieldFault("/until", say("problem.alarmShelf")));
      if (!(await alarms.shelve(id, until, nameOf(access)))) return err(over());
      await audit("alarm.shelve", alarm.value.rule, { alarm: id, where: alarm.value.where, until });
      return ok(alarms.list(access));
    },

    async unshelve({ params: { id }, access, audit }) {
      const alarm = acted(id, access);
      if (!alarm.ok) return alarm;
      if (!(await alarms.unshelve(id, nameOf(access)))) return err(over());
      await audit("alarm.unshelve", alarm.value.rule, { alarm: id, where: alarm.value.where });
      return ok(alarms.list(access));
    },

    async journal({ query: { limit, cursor }, access, request, answerHeaders }) {
      if (cursor !== undefined && !/^\d{1,15}$/.test(cursor))
        return err(fieldFault("?cursor", say("problem.noCursor")));
      const before = cursor === undefined ? undefined : Number(cursor);
      const { rows, next } = await alarms.journal(access, { before, limit });
      if (next !== undefined) linkNext(answerHeaders, request, String(next));
      const names = new Map<string, string>(alarms.rules().map(({ item }) => [item.id, item.name]));
      return ok(
        rows.map(({ subject, ...row }) => ({
          ...row,
          name: names.get(row.rule) ?? row.rule,
          where: live.get(subject as never)?.info.name ?? subject,
        })),
      );
    },

    rules: async () => ok(alarms.rules().map(show)),

    async createRule({ body, audit, answerHeaders }) {
      const result = await alarms.putRule(body, "create");
      if (!result.ok) return err(catalogFault(result.error));
      await audit("alarm-rule.create", body.id, { rule: body });
      return tagged(answerHeaders, one(body.id));
    },

    async fromThresholds({ body: { registration }, audit }) {
      const found = catalog.registrations().find(({ item }) => item.id === registration);
      if (!found) return err(notFound(say("problem.registration", { id: registration })));
      const added = await alarms.addRules(rulesOfThresholds(found.item));
      for (const rule of added) await audit("alarm-rule.create", rule.id, { rule });
      return ok(added);
    },

    rule: async ({ params, answerHeaders }) => tagged(answerHeaders, one(params.id)),

    async replaceRule({ params, body, headers, answerHeaders, audit }) {
      const before = one(params.id);
      if (!before.ok) return before;
      if (body.id !== params.id) return err(fieldFault("/id", say("problem.alarmRuleIdFixed")));
      const result = await alarms.putRule(body, { replace: ifMatch(headers) });
      if (!result.ok) return err(changeFault(result.error, () => current(body.id)));
      await audit("alarm-rule.change", body.id, { before: before.value.rule, rule: body });
      return tagged(answerHeaders, one(body.id));
    },

    async removeRule({ params, headers, audit }) {
      const before = one(params.id);
      if (!before.ok) return before;
      const { rule } = before.value;
      const result = await alarms.deleteRule(rule.id, ifMatch(headers));
      if (!result.ok) return err(changeFault(result.error, () => current(rule.id)));
      await audit("alarm-rule.delete", rule.id, { before: rule });
      return ok(null);
    },
  });
}
