import type { Access } from "../../lib/access";
import { mayOperate } from "../../lib/access";
import type { ClearedOut } from "../../lib/api";
import type { Broker, BrokerState } from "../../lib/broker";
import type { Command, CommandDismiss, RefusalCode } from "../../lib/command";
import { err, ok, type Result } from "../../lib/result";
import type {
  Backups,
  Brokers,
  CommandAsked,
  CommandService,
  DiscoveryService,
  HistoryStore,
  LiveState,
  ProgramExpiry,
} from "../ports";

/** Small stand-ins for the parts that the HTTP API and the sockets are joined with. They keep what they are given in memory. */

const never = (): never => {
  throw new Error("not part of this fake");
};

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
