import { mayAdminister } from "../../lib/access";
import { alarmTotal } from "../../lib/alarms/total";
import { brokerStatesFor } from "../../lib/brokerView";
import { FIRST_TILES, headOf } from "../../lib/everything";
import type { PageData, Shell } from "../../lib/pageData";
import type { View } from "../../lib/protocol";
import { say } from "../../lib/texts/said";
import { countSeen } from "../pipeline/views";
import type {
  Alarms,
  Brokers,
  Catalog,
  Clock,
  DiscoveryService,
  Everything,
  HistoryStore,
  LiveState,
  People,
} from "../ports";
import { buildSnapshot } from "./snapshot";

export interface PageDataParts {
  people: People;
  catalog: Catalog;
  live: LiveState;
  everything: Everything;
  brokers: Brokers;
  history: HistoryStore;
  clock: Clock;
  discovery: DiscoveryService;
  alarms: Pick<Alarms, "counts">;
  demo: boolean;
  severalNodes?: boolean;
}

/** What Next's pages are given for their first paint, each time for the caller's rights as of now. */
export function createPageData({
  people,
  catalog,
  live,
  everything,
  brokers,
  history,
  clock,
  discovery,
  alarms,
  demo,
  severalNodes = false,
}: PageDataParts): PageData {
  const notices = (isAdmin: boolean): Shell["notices"] => {
    const fault = history.counters().fault;
    const ofHistory = fault ? [{ level: "warning" as const, text: say("notice.historyNotStored", { fault }) }] : [];
    // What is wrong with the configuration names files and fields: for those who can mend it.
    const all = [...(live.notices?.() ?? []), ...(isAdmin ? [...catalog.notices(), ...discovery.notices()] : [])];
    return [...ofHistory, ...all.map(({ level, text }) => ({ level, text }))];
  };

  return {
    session: (headers) => people.describe(headers),
    setupTokenValid: (token) => people.setupTokenValid(token),

    async shell(headers) {
      const session = await people.session(headers);
      if (!session) return null;
      const { access } = session;
      const { user } = await people.describe(headers);
      return {
        user: user && { id: user.id as NonNullable<Shell["user"]>["id"], username: user.username, name: user.name },
        role: access.role,
        dashboards: catalog.dashboards().map(({ item, origin }) => ({ slug: item.slug, title: item.title, origin })),
        brokers: brokerStatesFor(access, brokers.states()),
        points: countSeen(live, access),
        found: mayAdminister(access) ? (await discovery.state()).found : 0,
        alarms: alarmTotal(alarms.counts(access)),
        demo,
        ...(severalNodes && { severalNodes: true as const }),
        notices: notices(mayAdminister(access)),
      };
    },

    async view(headers, view) {
      const session = await people.session(headers);
      if (!session) return null;
      const snapshot = buildSnapshot(live, catalog, brokers, session.access, view, clock.now());
      if (!snapshot) return null;
      if (view.kind !== "dashboard") return { snapshot };
      const found = catalog.dashboards().find(({ item }) => item.slug === view.slug);
      return found
        ? { snapshot, dashboard: { ...found.item, origin: found.origin, version: found.version } }
        : { snapshot };
    },

    async everything(headers, also) {
      const session = await people.session(headers);
      if (!session) return null;
      const { sections = [], ...list } = await everything.list(session.access, {});
      const head = headOf(sections, FIRST_TILES);
      const points = head.flatMap(({ tiles }) => tiles.flat());
      if (also && !points.includes(also)) points.push(also);
      // Without a point there is nothing to name: that view tells when the first one comes.
      const view: View = points.length > 0 ? { kind: "points", points } : { kind: "everything" };
      const snapshot = buildSnapshot(live, catalog, brokers, session.access, view, clock.now());
      return snapshot ? { snapshot, view, list: { ...list, sections: head } } : null;
    },
  };
}
