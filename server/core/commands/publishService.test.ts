import { beforeEach, expect, test } from "vitest";
import type { BrokerId } from "../../../lib/ids";
import { say } from "../../../lib/texts/said";
import { saying } from "../../../lib/texts/said.harness";
import type { CommandPublish, NewAudit, PublishOutcome, PublishService, Session } from "../../ports";
import { createFakeClock } from "../../testing/fakeClock";
import { createPublishService } from "./publishService";

const session: Session = { access: { user: { id: "ada", name: "Ada" }, role: "admin", grants: [] } };
const who = { session, address: "10.0.0.9" };
const message = { topic: "a/set", payload: "on", qos: 1, retain: false, expiry: { by: "never" } } as const;
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

let clock: ReturnType<typeof createFakeClock>;
let published: CommandPublish[];
let audit: NewAudit[];
let world: {
  role: "admin" | "operator" | "gone";
  connected: boolean;
  write(row: NewAudit): Promise<void>;
  outcome: PublishOutcome;
};
let publisher: PublishService;

beforeEach(() => {
  clock = createFakeClock();
  published = [];
  audit = [];
  world = {
    role: "admin",
    connected: true,
    write: async (row) => void audit.push(row),
    outcome: { outcome: "acked" },
  };
  publisher = createPublishService({
    clock,
    log: quiet,
    store: { appendAudit: (row) => world.write(row) },
    brokers: {
      connected: () => world.connected,
      publish: async (one) => {
        published.push(one);
        return world.outcome;
      },
    },
    catalog: {
      brokers: () => [{ item: { id: "main" as BrokerId, url: "mqtt://localhost" }, origin: "store", version: 1 }],
      defaultBroker: () => "main" as BrokerId,
    },
    people: { recheck: async () => (world.role === "gone" ? null : { ...session.access, role: world.role }) },
    live: { epoch: "now" },
  });
});

test("XP-30: the role counts as it is now", async () => {
  for (const role of ["operator", "gone"] as const) {
    world.role = role;
    expect(await publisher.publish(message, who)).toMatchObject({ ok: false, error: { code: "not-allowed" } });
  }
  expect([published, audit]).toEqual([[], []]);
});

test("XP-31: what cannot be audited, or not in time, is not sent", async () => {
  world.write = async () => {
    throw new Error("disk full");
  };
  expect(await publisher.publish(message, who)).toMatchObject({ ok: false, error: { code: "unavailable" } });
  world.write = () => new Promise(() => undefined);
  const late = publisher.publish(message, who);
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
  clock.advance(1100);
  expect(await late).toMatchObject({ ok: false, error: { code: "unavailable" } });
  expect(published).toEqual([]);
});

test("XP-31: the row names who, what and from where, and not all of a long payload", async () => {
  expect(await publisher.publish({ ...message, payload: "ä".repeat(2000) }, who)).toMatchObject({ ok: true });
  expect(audit).toMatchObject([
    { actor: "Ada", action: "explorer.publish", target: "a/set", address: "10.0.0.9", detail: { bytes: 4000 } },
  ]);
  expect(String(audit[0]?.detail.payload)).toHaveLength(500);
});

test("XP-33, MS-30: nothing is kept for later: a broker that is away, or unknown, is a refusal", async () => {
  world.connected = false;
  expect(await publisher.publish(message, who)).toMatchObject({ ok: false, error: { code: "unavailable" } });
  expect(await publisher.publish({ ...message, broker: "attic" as BrokerId }, who)).toMatchObject({
    ok: false,
    error: { code: "not-found", field: "broker", message: say("reply.noBroker", { broker: "attic" }) },
  });
  expect([published, audit]).toEqual([[], []]);
  world.connected = true;
  world.outcome = { outcome: "not-sent", reason: say("commands.notConnected") };
  expect(await publisher.publish(message, who)).toMatchObject({
    ok: false,
    error: { code: "unavailable", message: saying("Not sent: the broker is not connected.") },
  });
  world.outcome = { outcome: "unknown", reason: say("commands.connectionLost") };
  expect(await publisher.publish(message, who)).toEqual({ ok: true, value: world.outcome });
});

test("XP-34: at most five a second", async () => {
  for (let i = 0; i < 5; i++) expect((await publisher.publish(message, who)).ok).toBe(true);
  expect(await publisher.publish(message, who)).toMatchObject({ ok: false, error: { code: "too-many" } });
  clock.advance(1000);
  expect((await publisher.publish(message, who)).ok).toBe(true);
});

test("FA-109: who published by hand before the clock was set back may do so again as soon as ever", async () => {
  for (let i = 0; i < 5; i++) await publisher.publish(message, who);
  clock.setBack(3_600_000);
  clock.advance(1000);
  expect((await publisher.publish(message, who)).ok).toBe(true);
});

test("TM-20: nothing goes out by hand on a topic of the broker, and nothing is audited as if it had", async () => {
  const outcome = await publisher.publish({ ...message, topic: "$CONTROL/dynamic-security/v1" }, who);
  expect(outcome).toMatchObject({ ok: false, error: { code: "bad-request", field: "topic" } });
  expect([published, audit]).toEqual([[], []]);
});

test("CM-44: a message by hand that arrives too late is not published, and is audited", async () => {
  clock.advance(1_000_000);
  const pressed = (ago: number) => ({ by: "page", age: { epoch: "now", stamp: clock.now() - ago, since: 0 } }) as const;
  expect(await publisher.publish({ ...message, expiry: pressed(2000) }, who)).toMatchObject({ ok: true });
  expect(await publisher.publish({ ...message, expiry: pressed(9000) }, who)).toMatchObject({
    ok: false,
    error: { code: "too-late" },
  });
  expect(published).toHaveLength(1);
  expect(audit.map((row) => row.action)).toEqual(["explorer.publish", "explorer.publish-refused"]);
});
