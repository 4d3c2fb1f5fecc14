import type { AuditEntry } from "../../lib/api";
import type { Broker } from "../../lib/broker";
import { type Command, isInFlight, isUnsettled } from "../../lib/command";
import type { Dashboard } from "../../lib/dashboard";
import type { Registration } from "../../lib/registration";
import type { ConfigStore, NewAudit } from "../ports";

/** A ConfigStore that forgets, for tests of what stands upon one. Holds the same contract (server/db/configStoreContract.ts). */
export function createMemoryConfigStore(): ConfigStore & { breakWrites(): void; mendWrites(): void } {
  const brokers = new Map<string, Broker>();
  const registrations = new Map<string, Registration>();
  const dashboards = new Map<string, Dashboard>();
  const commands = new Map<string, Command>();
  const users = new Map<string, string>();
  const settings = new Map<string, string>();
  const audit: AuditEntry[] = [];
  let broken = false;

  const write = async <T>(work: () => T): Promise<T> => {
    if (broken) throw new Error("the store cannot be written");
    return work();
  };
  const copies = <T>(items: Iterable<T>): T[] => [...items].map((item) => structuredClone(item));
  const versions = { brokers: new Map(), registrations: new Map(), dashboards: new Map() } satisfies Record<
    string,
    Map<string, number>
  >;
  let changes = 1;
  const put = <T>(map: Map<string, T>, of: keyof typeof versions, id: string, item: T) =>
    write(() => {
      map.set(id, structuredClone(item));
      versions[of].set(id, ++changes);
    });
  const addAudit = (entry: NewAudit) => audit.push(structuredClone({ id: audit.length + 1, ...entry }));
  const newestFirst = (a: Command, b: Command) => b.at - a.at;

  return {
    breakWrites() {
      broken = true;
    },
    mendWrites() {
      broken = false;
    },
    brokers: async () => copies(brokers.values()),
    putBroker: (broker) => put(brokers, "brokers", broker.id, broker),
    deleteBroker: (id) => write(() => brokers.delete(id)),
    registrations: async () => copies(registrations.values()),
    putRegistration: (registration) => put(registrations, "registrations", registration.id, registration),
    putRegistrations: (items) =>
      write(() => {
        for (const item of items) {
          registrations.set(item.id, structuredClone(item));
          versions.registrations.set(item.id, ++changes);
        }
      }),
    deleteRegistration: (id) => write(() => registrations.delete(id)),
    dashboards: async () => copies(dashboards.values()),
    putDashboard: (dashboard) => put(dashboards, "dashboards", dashboard.slug, dashboard),
    deleteDashboard: (slug) => write(() => dashboards.delete(slug)),
    async versions() {
      const present = (map: Map<string, unknown>, of: keyof typeof versions) =>
        new Map([...versions[of]].filter(([id]) => map.has(id)));
      return {
        brokers: present(brokers, "brokers"),
        registrations: present(registrations, "registrations"),
        dashboards: present(dashboards, "dashboards"),
      };
    },
    async audit({ before = Number.POSITIVE_INFINITY, limit, target }) {
      const wanted = audit.filter((e) => e.id < before && (target === undefined || e.target === target));
      return copies(wanted.reverse().slice(0, limit));
    },
    appendAudit: (entry) => write(() => void addAudit(entry)),
    openCommand: ({ command, userId, address }) =>
      write(() => {
        const { id, point, at, by, value, state } = command;
        if (commands.has(id)) return "duplicate";
        commands.set(id, structuredClone(command));
        users.set(id, userId);
        addAudit({ at, actor: by, action: "command", target: point, detail: { id, value, state, userId }, address });
        return "opened";
      }),
    addRefusal: ({ command, userId }, entry) =>
      write(() => {
        if (!commands.has(command.id)) {
          commands.set(command.id, structuredClone(command));
          users.set(command.id, userId);
        }
        addAudit(entry);
      }),
    dismissCommand: (command, entry) =>
      write(() => {
        if (commands.has(command.id)) commands.set(command.id, structuredClone(command));
        addAudit(entry);
      }),
    async command(id) {
      const command = commands.get(id);
      return command && structuredClone({ command, userId: users.get(id) ?? "" });
    },
    async unsettledCommands() {
      const newest = new Map([...commands.values()].map((command) => [command.point, command]));
      return copies([...newest.values()].filter(isUnsettled));
    },
    updateCommand: (command) =>
      write(() => {
        if (!commands.has(command.id)) throw new Error(`there is no command ${command.id} to update`);
        commands.set(command.id, structuredClone(command));
      }),
    openCommands: async () => copies([...commands.values()].filter(isInFlight).sort((a, b) => a.at - b.at)),
    commandsOf: async (point, limit) =>
      copies(
        [...commands.values()]
          .filter((c) => c.point === point)
          .sort(newestFirst)
          .slice(0, limit),
      ),
    setting: async (key) => settings.get(key),
    putSetting: (key, value) => write(() => void settings.set(key, value)),
    check: () => write(() => undefined),
    close: async () => undefined,
  };
}
