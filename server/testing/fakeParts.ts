import type { Access } from "../../lib/access";
import { mayOperate } from "../../lib/access";
import type { ClearedOut } from "../../lib/api";
import type { Broker, BrokerState } from "../../lib/broker";
import type { Command, CommandDismiss, RefusalCode } from "../../lib/command";
import type { Dashboard } from "../../lib/dashboard";
import { PointId } from "../../lib/ids";
import type { Value } from "../../lib/reading";
import type { Registration } from "../../lib/registration";
import { err, ok, type Result } from "../../lib/result";
import type {
  Backups,
  Brokers,
  Catalog,
  CatalogError,
  CommandAsked,
  CommandService,
  DiscoveryService,
  HistoryStore,
  LivePoint,
  LiveState,
  ProgramExpiry,
  PutMode,
  Sourced,
} from "../ports";

/** Small stand-ins for the parts that the HTTP API and the sockets are joined with. They keep what they are given in memory. */

const never = (): never => {
  throw new Error("not part of this fake");
};

class Shelf<T> {
  readonly items: Sourced<T>[] = [];
  constructor(private readonly idOf: (item: T) => string) {}

  #changes = 0;

  put(item: T, mode: PutMode): Result<null, CatalogError> {
    const at = this.items.findIndex((s) => this.idOf(s.item) === this.idOf(item));
    const there = this.items[at];
    if (mode === "create" && there)
      return err({ status: 409, message: `"${this.idOf(item)}" is taken`, pointer: "/id" });
    if (mode !== "create" && !there) return err({ status: 404, message: "there is none" });
    if (there && there.origin !== "store") return err({ status: 403, message: "it stands in telltale.yaml" });
    if (there && !isSeen(there, typeof mode === "object" ? mode.replace : undefined)) return err(CHANGED);
    const version = ++this.#changes;
    this.items.splice(at === -1 ? this.items.length : at, at === -1 ? 0 : 1, { item, origin: "store", version });
    return ok(null);
  }

  remove(id: string, versions?: readonly number[]): Result<null, CatalogError> {
    const at = this.items.findIndex((s) => this.idOf(s.item) === id);
    if (at === -1) return err({ status: 404, message: "there is none" });
    if (this.items[at]?.origin !== "store") return err({ status: 403, message: "it stands in telltale.yaml" });
    if (!isSeen(this.items[at], versions)) return err(CHANGED);
    this.items.splice(at, 1);
    return ok(null);
  }
}

const CHANGED: CatalogError = { status: 412, message: "it was changed meanwhile" };
const isSeen = ({ version }: Sourced<unknown>, versions: readonly number[] | undefined): boolean =>
  versions === undefined || versions.includes(version);

interface FakeCatalog extends Catalog {
  readonly shelves: { brokers: Shelf<Broker>; registrations: Shelf<Registration>; dashboards: Shelf<Dashboard> };
}

export function fakeCatalog(): FakeCatalog {
  const shelves = {
    brokers: new Shelf<Broker>((b) => b.id),
    registrations: new Shelf<Registration>((r) => r.id),
    dashboards: new Shelf<Dashboard>((d) => d.slug),
  };
  return {
    shelves,
    brokers: () => shelves.brokers.items,
    registrations: () => shelves.registrations.items,
    dashboards: () => shelves.dashboards.items,
    onChange: () => () => undefined,
    defaultBroker: () => shelves.brokers.items[0]?.item.id,
    putRegistration: async (item, mode) => shelves.registrations.put(item, mode),
    putRegistrations: async (items) => {
      for (const item of items) {
        const there = shelves.registrations.items.some((s) => s.item.id === item.id);
        shelves.registrations.put(item, there ? "replace" : "create");
      }
      return new Set(items.map(({ id }) => id));
    },
    deleteRegistration: async (id, versions) => shelves.registrations.remove(id, versions),
    putDashboard: async (item, mode) => {
      const put = shelves.dashboards.put(item, mode);
      return put.ok ? ok(item) : put;
    },
    deleteDashboard: async (slug, versions) => shelves.dashboards.remove(slug, versions),
    putBroker: async (item, mode) => shelves.brokers.put(item, mode),
    deleteBroker: async (id, versions) => shelves.brokers.remove(id, versions),
    notices: () => [],
  };
}

interface FakeLive extends LiveState {
  /** Adds a point; with `command` an actuator whose rights hang on the same topic. */
  add(point: {
    id: string;
    topic: string;
    value?: Value;
    at?: number;
    command?: boolean;
    type?: LivePoint["info"]["type"];
    unit?: string;
  }): void;
}

export function fakeLive(): FakeLive {
  const points = new Map<string, LivePoint>();
  return {
    epoch: "test",
    rev: 1,
    get: (id) => points.get(id),
    lastMessage: () => ({ at: 1000, retained: true, size: 4, payload: new TextEncoder().encode("21.5") }),
    picture: (id) =>
      id === "camera" ? { type: "image/png", hash: "0000000000000a", bytes: Uint8Array.of(1, 2, 3) } : undefined,
    points: () => points.values(),
    get size() {
      return points.size;
    },
    onUpdate: () => () => undefined,
    onPoints: () => () => undefined,
    applyCommand: () => undefined,
    onReading: () => () => undefined,
    actuator(id) {
      const point = points.get(id);
      if (!point?.info.command) return undefined;
      const topic = point.info.topic ?? "";
      return {
        point: id,
        broker: point.info.broker,
        rightsTopic: topic,
        commandTopic: `${topic}/set`,
        sharedTopic: false,
        info: point.info,
        encode: (value) => ok({ payload: String(value), target: value }),
        confirms: (a, b) => a === b,
        confirmMs: 5000,
        qos: 1,
        retain: false,
      };
    },
    counters: () => ({ readings: 7, rejects: 2 }),
    add({ id, topic, value = 21.5, at = 1000, command, type, unit }) {
      const registration = id.split(/[/.]/)[0] as string;
      points.set(id, {
        info: {
          id: PointId.parse(id),
          registration: registration as LivePoint["info"]["registration"],
          origin: "store",
          broker: "main" as LivePoint["info"]["broker"],
          topic,
          name: `Point ${id}`,
          ...(type && { type }),
          ...(unit && { unit }),
          ...(command && { command: { kind: "switch", assumed: false, send: "release", confirmMs: 5000 } }),
        },
        value,
        at,
        status: { freshness: "live", since: at },
        rev: 1,
        statusRev: 1,
        command: undefined,
        commandRev: 0,
      });
    },
  };
}

interface FakeCommandService extends CommandService {
  readonly sent: { request: CommandAsked; access: Access; address: string | null }[];
  /** Refuses the next ones with this. */
  refuseWith: RefusalCode | undefined;
  /** What a refusal as too fast tells to wait, in ms. */
  retryAfter: number;
  readonly dismissed: { request: CommandDismiss; access: Access; address: string | null }[];
  /** What the next ones are answered. */
  dismissal: Awaited<ReturnType<CommandService["dismiss"]>>;
}

export function fakeCommandService(live: LiveState): FakeCommandService {
  const commands: FakeCommandService = {
    sent: [],
    refuseWith: undefined,
    retryAfter: 200,
    dismissed: [],
    dismissal: err({ code: "not-found", message: "nothing is shown" }),
    async send(request, { session: { access }, address }): Promise<Command> {
      const by = access.user === "anonymous" ? "anonymous" : access.user.name;
      const base = { id: request.id, point: request.point, value: request.value, by, at: 1 };
      const allowed = mayOperate(access, live.actuator(request.point)?.rightsTopic);
      const code = allowed ? commands.refuseWith : "not-allowed";
      if (code)
        return {
          ...base,
          state: "refused",
          code,
          reason: `refused: ${code}`,
          ...(code === "too-fast" && { retryAfter: commands.retryAfter }),
        };
      commands.sent.push({ request, access, address });
      return { ...base, state: "sent" };
    },
    fate: never,
    async dismiss(request, { session: { access }, address }) {
      commands.dismissed.push({ request, access, address });
      return commands.dismissal;
    },
    counters: () => ({ sent: commands.sent.length }),
    stop: async () => undefined,
  };
  return commands;
}

interface FakeBrokers extends Brokers {
  state: BrokerState[];
  readonly tested: Broker[];
}

export function fakeBrokers(): FakeBrokers {
  const brokers: FakeBrokers = {
    state: [],
    tested: [],
    apply: () => undefined,
    states: () => brokers.state,
    connected: () => true,
    onState: () => () => undefined,
    onMessage: () => () => undefined,
    publish: never,
    async test(broker) {
      brokers.tested.push(broker);
      return { ok: false, fault: "refused", reason: "nothing listens there" };
    },
    preview: never,
    explore: never,
    counters: () => ({ main: { received: 40, oversize: 1, dropped: 6 } }),
  };
  return brokers;
}

interface FakeDiscovery extends DiscoveryService {
  /** The one device that there is. */
  device: string | undefined;
  readonly cleared: { key: string; expiry: ProgramExpiry }[];
  clearing: Result<ClearedOut>;
}

export function fakeDiscovery(): FakeDiscovery {
  let mode: Parameters<DiscoveryService["setMode"]>[0] = "ask";
  const fake: FakeDiscovery = {
    device: undefined,
    cleared: [],
    clearing: ok({ cleared: 1, failed: [] }),
    state: async () => ({ mode, found: 0, kept: 0, ignored: 0, refused: 0, capped: 0, paused: [] }),
    async setMode(next) {
      mode = next;
    },
    notices: () => [],
    found: async () => [],
    name: async (key) => (key === fake.device ? "Kitchen" : undefined),
    keep: async () => undefined,
    keepAll: async () => ({ kept: 0 }),
    ignore: async () => undefined,
    async clear(key, first, expiry) {
      if (key !== fake.device) return undefined;
      fake.cleared.push({ key, expiry });
      if (fake.clearing.ok) await first(["a/config"]);
      return fake.clearing;
    },
    counters: () => ({}),
  };
  return fake;
}

interface FakeHistory extends HistoryStore {
  readonly asked: { point: string; from: number; to: number; limit: number }[];
}

export const fakeBackups = (): Backups => ({
  list: async () => ({ backups: [], making: null }),
  make: async () => ok({ name: "telltale-2026-01-01T00-00-00Z", made: 0, bytes: 1, version: "0.0.0" }),
  read: async () => undefined,
  remove: async () => false,
  stop: async () => undefined,
});

export function fakeHistory(): FakeHistory {
  const asked: FakeHistory["asked"] = [];
  return {
    asked,
    append: () => undefined,
    async range(point, from, to, limit) {
      asked.push({ point, from, to, limit });
      return { t: [from], value: [21.5] };
    },
    async query({ points, from, to, width }) {
      return points.map((point) => {
        asked.push({ point, from, to, limit: width });
        return { tier: "raw", t: [from], value: [21.5], before: null };
      });
    },
    page: async ({ from }) => ({ t: [from], value: [21.5] }),
    add: async (readings) => ({ added: readings.length, known: 0 }),
    tend: async () => ({ forgotten: 0 }),
    latest: async () => [],
    prune: async () => 0,
    flush: async () => undefined,
    counters: () => ({ stored: 5, lost: 0, pending: 1 }),
    check: async () => undefined,
    close: async () => undefined,
  };
}
