import { registrationContracts } from "../../../lib/api";
import { tilesIn } from "../../../lib/dashboard/tilesIn";
import type { Registration } from "../../../lib/registration";
import { err, ok } from "../../../lib/result";
import { say } from "../../../lib/texts/said";
import { tilePoints } from "../../../lib/tilePoints";
import type { Sourced } from "../../ports";
import { implement, type Mount } from "../implement";
import { linkNext, pageOf } from "../paging";
import type { HttpParts } from "../parts";
import { catalogFault, type Fault, fieldFault, notFound } from "../problem";
import { changeFault, ifMatch, tagged } from "../versions";

export function registrationRoutes({ catalog, live, brokers }: HttpParts): Mount[] {
  /** The first command whose topic the broker cannot carry, as far as the broker can be asked now. */
  async function uncarried(registration: Registration): Promise<Fault | undefined> {
    const broker = registration.broker ?? catalog.defaultBroker();
    if (broker === undefined) return undefined;
    for (const { pointer, topic } of commandTopics(registration)) {
      const why = await brokers.carries?.(broker, topic);
      if (why) return fieldFault(pointer, say("problem.topicNotCarried", { why }));
    }
    return undefined;
  }
  const show = ({ item, origin, version }: Sourced<Registration>) => ({
    origin,
    version,
    registration: item,
    points: live.countOf(item.id),
  });
  const one = (id: string) => {
    const found = catalog.registrations().find(({ item }) => item.id === id);
    return found ? ok(show(found)) : err(notFound(say("problem.registration", { id })));
  };
  const current = (id: string) => {
    const found = one(id);
    return found.ok ? found.value : null;
  };

  return implement(registrationContracts, {
    async list({ query, request, answerHeaders }) {
      const page = pageOf(catalog.registrations(), ({ item }) => item.id, query, show);
      if (!page.ok) return page;
      linkNext(answerHeaders, request, page.value.next);
      return ok(page.value.items);
    },

    async create({ body, audit, answerHeaders }) {
      const fault = await uncarried(body);
      if (fault) return err(fault);
      const result = await catalog.putRegistration(body, "create");
      if (!result.ok) return err(catalogFault(result.error));
      await audit("registration.create", body.id, { registration: body });
      return tagged(answerHeaders, one(body.id));
    },

    get: async ({ params, answerHeaders }) => tagged(answerHeaders, one(params.id)),

    async replace({ params, body, headers, answerHeaders, audit }) {
      const before = one(params.id);
      if (!before.ok) return before;
      if (body.id !== params.id) return err(fieldFault("/id", say("problem.registrationIdFixed")));
      const fault = await uncarried(body);
      if (fault) return err(fault);
      const result = await catalog.putRegistration(body, { replace: ifMatch(headers) });
      if (!result.ok) return err(changeFault(result.error, () => current(body.id)));
      await audit("registration.change", body.id, { before: before.value.registration, registration: body });
      return tagged(answerHeaders, one(body.id));
    },

    async remove({ params, headers, audit }) {
      const before = one(params.id);
      if (!before.ok) return before;
      const { registration } = before.value;
      const result = await catalog.deleteRegistration(registration.id, ifMatch(headers));
      if (!result.ok) return err(changeFault(result.error, () => current(registration.id)));
      await audit("registration.delete", registration.id, { before: registration });
      return ok(null);
    },

    async usage({ params }) {
      const found = one(params.id);
      if (!found.ok) return found;
      const { id } = found.value.registration;
      const tiles = catalog.dashboards().flatMap(({ item: dashboard }) =>
        tilesIn(dashboard).flatMap((tile) => {
          const points = tilePoints(tile).filter((point) => registrationOf(point) === id);
          return points.map((point) => {
            const name = tile.title ?? live.get(point)?.info.name ?? point;
            return { dashboard: dashboard.slug, title: dashboard.title, point, tile: name };
          });
        }),
      );
      return ok({ tiles });
    },
  });
}

/** With a plain word for what the wildcards of the filter stand for. */
function commandTopics({ command, values = {} }: Registration): { pointer: string; topic: string }[] {
  const specs = Object.entries(values).map(([key, value]) => ({ pointer: `/values/${key}`, spec: value.command }));
  return [{ pointer: "", spec: command }, ...specs].flatMap(({ pointer, spec }) =>
    spec ? [{ pointer: `${pointer}/command/topic`, topic: spec.topic.replaceAll(/\{\d+\}/g, "x") }] : [],
  );
}

/** A point's id begins with its registration's, which holds neither `/` nor `.` (lib/ids). */
const registrationOf = (point: string): string => point.split(/[/.]/, 1)[0] as string;
