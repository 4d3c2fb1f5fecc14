import { afterEach, beforeEach } from "vitest";
import type { Access } from "../../../lib/access";
import type { BrokerState } from "../../../lib/broker";
import type { Command } from "../../../lib/command";
import type { BrokerId, CommandId, PointId, RegistrationId } from "../../../lib/ids";
import { createListeners } from "../../../lib/listeners";
import type { PointCommand, PointInfo } from "../../../lib/point";
import type { PointStatus, Value } from "../../../lib/reading";
import { err, ok } from "../../../lib/result";
import { asWording } from "../../../lib/texts/said";
import type {
  Actuator,
  Brokers,
  CommandAsked,
  CommandPublish,
  LivePoint,
  LiveState,
  Log,
  People,
  PublishOutcome,
  Session,
} from "../../ports";
import { createFakeClock } from "../../testing/fakeClock";
import { createMemoryConfigStore } from "../../testing/memoryConfigStore";
import { createCommandService } from "./commandService";

/** The command service with fakes at its edges: a test owns time, the broker's answers, the device's readings and the people's rights. */

export const PUMP = "pump" as PointId;
const MAIN = "main" as BrokerId;
const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

const never = (): never => {
  throw new Error("not part of this fake");
};

export const session = (name: string, role: Access["role"] = "operator", grants: Access["grants"] = []): Session => ({
  access: { user: { id: `id-${name}`, name }, role, grants },
  token: `token-${name}`,
});

export type CommandHarness = ReturnType<typeof createCommandHarness>;

/** A command service for each test of a file, stopped after it. `atMs`: what its clock says when the test begins. */
export function harnessForEachTest({ atMs = 0 } = {}): CommandHarness {
  const harness = {} as CommandHarness;
  beforeEach(async () => {
    Object.assign(harness, createCommandHarness());
    await harness.clock.advanceAsync(atMs);
  });
  afterEach(async () => {
    const stopped = harness.commands.stop();
    await harness.clock.advanceAsync(5000);
    await stopped;
  });
  return harness;
}

/** The code of a refusal, else the command's state. */
export const refusal = (command: Command) => (command.state === "refused" ? command.code : command.state);

export function createCommandHarness({ severalNodes = false } = {}) {
  const clock = createFakeClock();
  const store = createMemoryConfigStore();
  const shown: Command[] = [];
  const published: CommandPublish[] = [];
  const answers: ((outcome: PublishOutcome) => void)[] = [];
  const readingListeners = createListeners<Parameters<Parameters<LiveState["onReading"]>[0]>>();
  const peopleListeners = createListeners<Parameters<Parameters<People["onChange"]>[0]>>();
  const world = {
    broker: { state: "connected" } as { state: "connected" | "offline" },
    commandsReady: true,
    status: { freshness: "live", since: 0 } as PointStatus,
    command: { kind: "switch", assumed: false, send: "release", confirmMs: 5000 } as PointCommand,
    commandTopic: "pump/set",
    /** The next publishes answer this at once; undefined: they wait for `answer`. */
    outcome: { outcome: "acked" } as PublishOutcome | undefined,
    recheck: (async (given) => given.access) as People["recheck"],
    openCommand: store.openCommand,
    /** The revision at which the pump's meaning last changed. */
    rev: 0,
  };
  let shownOnPump: Command | undefined;

  const info = (): Omit<PointInfo, "operable"> => ({
    id: PUMP,
    registration: "pump" as RegistrationId,
    origin: "store",
    broker: MAIN,
    topic: "house/pump",
    name: "Pump",
    command: world.command,
    rev: world.rev,
  });
  const live: LiveState = {
    epoch: "test",
    rev: 0,
    lastMessage: () => undefined,
    picture: () => undefined,
    offlineBy: () => undefined,
    get: (id): LivePoint | undefined =>
      id === PUMP || id === "sensor"
        ? {
            info: info(),
            value: null,
            at: null,
            status: world.status,
            rev: 0,
            statusRev: 0,
            command: id === PUMP ? shownOnPump : undefined,
            commandRev: 0,
          }
        : undefined,
    points: never,
    size: 0,
    countOf: never,
    onUpdate: never,
    onPoints: () => () => undefined,
    applyCommand(command) {
      shown.push(command);
      if (command.point === PUMP) shownOnPump = command;
    },
    onReading: readingListeners.add,
    actuator: (id): Actuator | undefined =>
      id === PUMP
        ? {
            point: PUMP,
            broker: MAIN,
            rightsTopic: "house/pump",
            commandTopic: world.commandTopic,
            sharedTopic: false,
            info: info(),
            encode: (value) =>
              value === "bad" ? err(asWording("Pump takes on or off.")) : ok({ payload: String(value), target: value }),
            confirms: (target, reported) => target === reported,
            confirmMs: world.command.confirmMs,
            qos: 1,
            retain: false,
          }
        : undefined,
    counters: never,
  };
  const brokers: Brokers = {
    apply: never,
    states: () => {
      const base = { id: MAIN, name: "Main", since: 0 };
      const state: BrokerState =
        world.broker.state === "connected"
          ? { ...base, state: "connected", protocol: "5", rate: 0, refused: [] }
          : { ...base, state: "offline", fault: "lost", reason: asWording("The connection to the broker was lost.") };
      return [state];
    },
    connected: () => world.broker.state === "connected" && world.commandsReady,
    onState: never,
    onMessage: never,
    publish: (message) => {
      published.push(message);
      const { outcome } = world;
      return outcome ? Promise.resolve(outcome) : new Promise((resolve) => answers.push(resolve));
    },
    test: never,
    preview: never,
    explore: never,
    counters: never,
  };
  const people = {
    recheck: (given: Session) => world.recheck(given),
    onChange: peopleListeners.add,
  } as Pick<People, "recheck" | "onChange"> as People;
  const serviceStore = {
    ...store,
    openCommand: (record: Parameters<typeof store.openCommand>[0]) => world.openCommand(record),
  };
  const commands = createCommandService({
    clock,
    log: silentLog,
    store: serviceStore,
    brokers,
    live,
    people,
    severalNodes,
  });

  /** A gesture made so many ms ago, as a page that is up to date tells it. */
  const pressed = (agoMs = 0): CommandAsked["expiry"] => ({
    by: "page",
    age: { epoch: live.epoch, stamp: clock.now() - agoMs, since: 0 },
  });
  const request = (value: Value, more: Partial<CommandAsked> = {}): CommandAsked => ({
    id: crypto.randomUUID() as CommandId,
    point: PUMP,
    value,
    rev: 0,
    expiry: pressed(),
    ...more,
  });
  const ada = session("Ada");
  const send = (asked: CommandAsked, who = ada) => commands.send(asked, { session: who, address: "127.0.0.1" });
  const settle = () => clock.advanceAsync(0);
  return {
    commands,
    clock,
    store,
    world,
    shown,
    published,
    request,
    pressed,
    send,
    settle,
    /** Sends and lets promises settle. */
    press: async (value: Value, more: Partial<CommandAsked> = {}, who = ada) => {
      const command = await send(request(value, more), who);
      await settle();
      return command;
    },
    /** The broker answers the oldest publish that waits. */
    answer: async (outcome: PublishOutcome) => {
      answers.shift()?.(outcome);
      await settle();
    },
    report: async (value: Value, more: { retained?: boolean; receivedAt?: number } = {}) => {
      readingListeners.tell({ point: PUMP, value, receivedAt: clock.now(), retained: false, ...more });
      await settle();
    },
    rightsChanged: (userId: string) => {
      peopleListeners.tell({ userId, code: "rights-changed" });
    },
    /** The newest state shown of each command, oldest command first. */
    states: () => {
      const newest = new Map(shown.map((command) => [command.id, command]));
      return [...newest.values()].map((command) => command.state);
    },
    last: () => shown.at(-1),
  };
}
