import { afterEach, beforeEach, expect, test } from "vitest";
import { BrokerId } from "../../../../lib/ids";
import type { ClusterTables, RecordedFlush } from "../../../ports";
import type { Database, SqlRunner } from "../database";
import { commandsSaying, forgetMessage, noteMessage } from "./commandMessages";
import { claimPoint, endCommand } from "./commandsInFlight";
import { fenced } from "./fence";
import { askForLease, heldLeases, releaseLeases } from "./leases";
import { allNodes, beat, deadProcesses, removeProcess } from "./nodes";
import { gapsOf, putGap, recordedStatements } from "./recordings";
import { noteChange, readVersions } from "./versions";

export interface ClusterTablesUnderTest {
  database: Database;
  tables: ClusterTables;
  close(): Promise<void>;
}

const MAIN = BrokerId.parse("main");
const inEpoch = (epoch: number) => ({ broker: MAIN, lease: { name: "broker:main", epoch } });

const CLAIM = { point: "pump", command: "c1", process: "p1", by: "ana", supersedes: [] };

async function putRecorded(sql: SqlRunner, part: RecordedFlush): Promise<void> {
  for (const one of recordedStatements(part)) await sql.query(one.sql, one.values);
}

/** What the statements promise, on a database whose migrations have run. Each test gets one with empty tables. */
export function clusterTablesContract(open: () => Promise<ClusterTablesUnderTest>): void {
  let database: Database;
  let tables: ClusterTables;
  let close: () => Promise<void>;
  beforeEach(async () => {
    ({ database, tables, close } = await open());
  });
  afterEach(() => close());

  const ask = (holder: string, ttl = 60_000) => askForLease(database, { name: "broker:main", holder, ttl });
  /** Waits for the database's clock, which decides. */
  const expired = () => database.query("SELECT pg_sleep(0.06)");

  test("CL-1: a lease has one holder, whose renewals keep its epoch", async () => {
    expect(await ask("a")).toBe(1);
    expect(await ask("b")).toBeNull();
    expect(await ask("a")).toBe(1);
    expect(await heldLeases(database)).toEqual([{ name: "broker:main", holder: "a", epoch: 1 }]);
  });

  test("CL-1: when a lease has expired its epoch rises, for the same holder too", async () => {
    expect(await ask("a", 50)).toBe(1);
    await expired();
    expect(await heldLeases(database)).toEqual([]);
    expect(await ask("a", 50)).toBe(2);
    await expired();
    expect(await ask("b")).toBe(3);
    expect(await ask("a")).toBeNull();
  });

  test("CL-1: of many that ask at once for an expired lease one gets it", async () => {
    await ask("a", 50);
    await expired();
    const got = await Promise.all(Array.from({ length: 20 }, (_, i) => ask(`b${i}`)));
    expect(got.filter((epoch) => epoch !== null)).toEqual([2]);
  });

  test("CL-4: a lease that is given back is there for the next at once, and only its own epoch is", async () => {
    await ask("a");
    await releaseLeases(database, "a", [{ name: "broker:main", epoch: 7 }]);
    expect(await ask("b")).toBeNull();
    await releaseLeases(database, "a", [{ name: "broker:main", epoch: 1 }]);
    expect(await ask("b")).toBe(2);
  });

  test("CL-3: a write with an old epoch writes nothing", async () => {
    await ask("a", 50);
    const write = (epoch: number) =>
      fenced(database, { name: "broker:main", epoch }, (sql) =>
        putRecorded(sql, { ...inEpoch(epoch), until: 1000 * epoch, marks: [{ topic: "a", hash: "x", at: 1 }] }),
      );
    expect((await write(1)).ok).toBe(true);
    await expired();
    await ask("b");
    expect(await write(1)).toEqual({ ok: false, error: "fenced" });
    expect((await tables.recorded(MAIN)).until).toBe(1000);
  });

  test("CL-3: the lease cannot be taken while a write with its epoch goes on", async () => {
    await ask("a", 50);
    const order: string[] = [];
    let taking: Promise<unknown> = Promise.resolve();
    await fenced(database, { name: "broker:main", epoch: 1 }, async (sql) => {
      await expired();
      taking = ask("b").then((epoch) => order.push(`taken ${epoch}`));
      await sql.query("SELECT pg_sleep(0.1)");
      order.push("written");
    });
    await taking;
    expect(order).toEqual(["written", "taken 2"]);
  });

  test("CL-3: a holder that pauses in a transaction loses it, so that the lease can be taken", async () => {
    await ask("a", 50);
    let go: () => void = () => {};
    const paused = new Promise<void>((resolve) => {
      go = resolve;
    });
    const writing = fenced(database, { name: "broker:main", epoch: 1 }, async (sql) => {
      await paused;
      await sql.query("SELECT 1");
    });
    const refused = expect(writing).rejects.toThrow();
    await expired();
    expect(await ask("b")).toBe(2);
    go();
    await refused;
  });

  test("CL-10: each flush says up to when, and which message of each topic was the last", async () => {
    expect(await tables.recorded(MAIN)).toEqual({ marks: [], until: undefined });
    const mark = (topic: string, hash: string, at: number) => ({ topic, hash, at });
    await putRecorded(database, { ...inEpoch(1), until: 160_000, marks: [mark("long ago", "0", 159_000)] });
    const marks = [mark("a", "1", 200_000), mark("ü/+", "2", 199_000)];
    await putRecorded(database, { ...inEpoch(1), until: 200_001.4, marks });
    await putRecorded(database, { ...inEpoch(1), until: 201_000, marks: [mark("a", "3", 200_500)] });
    await putRecorded(database, { ...inEpoch(1), until: 260_000, marks: [] });
    expect(await tables.recorded(MAIN)).toEqual({
      until: 260_000,
      marks: [mark("a", "3", 200_500), mark("ü/+", "2", 199_000)],
    });
    const left = async () => (await database.query("SELECT at FROM recording_marks")).length;
    expect(await left()).toBe(3);
    await putRecorded(database, { ...inEpoch(1), until: 300_000, marks: [mark("a", "4", 299_000)] });
    expect(await left()).toBe(3);
    expect((await tables.recorded(BrokerId.parse("other"))).until).toBeUndefined();
  });

  test("CL-22: gaps are stored by broker, grow, and are read where they reach in", async () => {
    await putGap(database, "main", { from: 100, to: 200, why: "broker-lost" });
    await putGap(database, "main", { from: 100, to: 300, why: "broker-lost" });
    await putGap(database, "main", { from: 100, to: 250, why: "broker-lost" });
    await putGap(database, "main", { from: 500, to: 600, why: "no-recorder" });
    await putGap(database, "other", { from: 0, to: 1000, why: "no-recorder" });
    expect(await gapsOf(database, "main", 299, 500)).toEqual([{ from: 100, to: 300, why: "broker-lost" }]);
    expect(await gapsOf(database, "main", 300, 500)).toEqual([]);
  });

  test("CL-22: a gap whose reason a newer version wrote is told all the same", async () => {
    await database.query("INSERT INTO recording_gaps (broker, t0, t1, why) VALUES ('main', 1, 2, 'strike')");
    expect(await gapsOf(database, "main", 0, 10)).toEqual([{ from: 1, to: 2, why: "no-recorder" }]);
  });

  test("CL-30: a node is dead when the database has not heard of it, and stays until what it left is settled", async () => {
    const node = { process: "p1", id: "left", version: "1.0.0", configFile: null };
    await beat(database, node);
    await beat(database, { ...node, process: "p2", id: "right", configFile: "abc" });
    expect((await allNodes(database)).map(({ id, configFile }) => [id, configFile])).toEqual([
      ["left", null],
      ["right", "abc"],
    ]);
    expect(await deadProcesses(database, 60_000)).toEqual([]);
    await database.query("UPDATE nodes SET seen_at = seen_at - interval '2 min'");
    await beat(database, { ...node, process: "p2", id: "right" });
    expect(await deadProcesses(database, 60_000)).toEqual(["p1"]);
    await removeProcess(database, "p2", 60_000);
    await removeProcess(database, "p1", 60_000);
    expect((await allNodes(database)).map(({ process }) => process)).toEqual(["p2"]);
    await removeProcess(database, "p2", 0);
    expect(await allNodes(database)).toEqual([]);
  });

  test("CL-93: who holds the lease applies a file, whole and in place of the one before, and nobody else", async () => {
    expect(await tables.appliedFile()).toBeUndefined();
    const file = { hash: "x", node: "left", body: "sealed" };
    expect(await tables.applyFile({ name: "config", epoch: 1 }, file)).toBe(false);
    const lease = {
      name: "config",
      epoch: (await askForLease(database, { name: "config", holder: "a", ttl: 60_000 })) ?? 0,
    };
    expect(await tables.applyFile(lease, file)).toBe(true);
    const first = await tables.appliedFile();
    expect(first).toMatchObject(file);
    expect(first === "known" ? 0 : first?.at).toBeGreaterThan(Date.now() - 60_000);
    expect(await tables.applyFile(lease, { hash: null, node: "right", body: "nothing" })).toBe(true);
    expect(await tables.applyFile({ ...lease, epoch: 7 }, file)).toBe(false);
    expect(await tables.appliedFile()).toMatchObject({ hash: null, node: "right", body: "nothing" });
    expect((await tables.versions()).get("config")).toBe(2);
    const last = await tables.appliedFile();
    if (last === "known") throw new Error("it was asked for whole");
    expect(await tables.appliedFile(last?.at)).toBe("known");
    expect(await tables.appliedFile(1)).toEqual(last);
  });

  test("CL-90: a message is explained by the commands of other processes that say exactly this, for a while", async () => {
    const message = { broker: MAIN, topic: "lamp", payload: "ON" };
    const note = (command: string, process: string) => noteMessage(database, { command, process, message });
    const saying = (more: object = {}, withinMs = 60_000) =>
      commandsSaying(database, [{ ...message, ...more }], { process: "p1", withinMs });
    await note("c1", "p2");
    await note("mine", "p1");
    await note("c2", "p2");
    expect(await saying({ payload: new TextEncoder().encode("ON") })).toEqual([["c1", "c2"]]);
    for (const other of [{ payload: "OFF" }, { topic: "lam", payload: "pON" }, { broker: "other" }])
      expect(await saying(other)).toEqual([[]]);
    await forgetMessage(database, "c1");
    expect(await saying()).toEqual([["c2"]]);
    await expired();
    expect(await saying({}, 50)).toEqual([[]]);
    const long = { topic: "a".repeat(65_000) };
    await noteMessage(database, { command: "c3", process: "p2", message: { ...message, ...long } });
    expect(await tables.commandsSaying([message, { ...message, ...long }], 60_000)).toEqual([["c2"], ["c3"]]);
  });

  test("CL-40: two commands for one point on two nodes: one is claimed, the other hears of it", async () => {
    for (let i = 0; i < 50; i++) {
      const claims = await Promise.all(
        ["p1", "p2"].map((process) =>
          database.transaction((sql) =>
            claimPoint(sql, { ...CLAIM, command: `${process}-${i}`, process, by: `user of ${process}` }),
          ),
        ),
      );
      const winner = claims[0]?.claimed ? "p1" : "p2";
      expect(claims.filter(({ claimed }) => claimed)).toHaveLength(1);
      expect(claims.find(({ claimed }) => !claimed)).toEqual({
        claimed: false,
        command: `${winner}-${i}`,
        by: `user of ${winner}`,
      });
      await endCommand(database, `${winner}-${i}`, winner);
    }
  });

  test("CL-40: a claim that is rolled back leaves the point free", async () => {
    const failed = database.transaction(async (sql) => {
      await claimPoint(sql, CLAIM);
      throw new Error("no audit row");
    });
    await expect(failed).rejects.toThrow("no audit row");
    expect(await claimPoint(database, { ...CLAIM, command: "c2" })).toEqual({ claimed: true });
  });

  test("CL-40: a command that supersedes one of its own process takes its place, and one with an id that is in flight claims nothing", async () => {
    await claimPoint(database, CLAIM);
    const foreign = await claimPoint(database, { ...CLAIM, command: "c2", process: "p2", supersedes: ["c1"] });
    expect(foreign).toEqual({ claimed: false, command: "c1", by: "ana" });
    expect(await claimPoint(database, { ...CLAIM, command: "c2", supersedes: ["c1", "c0"] })).toEqual({
      claimed: true,
    });
    await endCommand(database, "c1", "p1");
    expect(await tables.commandsOf("p1")).toEqual(["c2"]);
    expect(await claimPoint(database, { ...CLAIM, point: "lamp", command: "c2" })).toMatchObject({ claimed: false });
  });

  test("CL-41: what a dead node left open is listed until it is dropped, and a woken node frees no point of another", async () => {
    for (const point of ["a", "b", "c"])
      await claimPoint(database, { ...CLAIM, point, command: `c-${point}`, process: "dead" });
    const left = await tables.commandsOf("dead");
    expect(left).toEqual(["c-a", "c-b", "c-c"]);
    await Promise.all([1, 2].map(() => tables.dropCommandsOf("dead", left)));
    expect(await tables.commandsOf("dead")).toEqual([]);
    await claimPoint(database, { ...CLAIM, point: "a", command: "c-d", process: "alive" });
    await endCommand(database, "c-d", "dead");
    expect(await tables.commandsOf("alive")).toEqual(["c-d"]);
    await endCommand(database, "c-d", "alive");
    expect(await tables.commandsOf("alive")).toEqual([]);
  });

  test("CL-43: a node that ends with commands open stays known until they are settled", async () => {
    await beat(database, { process: "p1", id: "left", version: "1.0.0", configFile: null });
    await claimPoint(database, CLAIM);
    await tables.leave("p1");
    expect(await allNodes(database)).toHaveLength(1);
    await endCommand(database, "c1", "p1");
    await tables.leave("p1");
    expect(await allNodes(database)).toEqual([]);
  });

  test("CL-50: a change is announced when its transaction commits, and its version has risen by then", async () => {
    const heard: string[] = [];
    const versions: (number | undefined)[] = [];
    let done: () => void = () => {};
    const both = new Promise<void>((resolve) => {
      done = resolve;
    });
    let isUp: () => void = () => {};
    const up = new Promise<void>((resolve) => {
      isUp = resolve;
    });
    const stop = tables.listen({
      up: isUp,
      down: () => {},
      notice(payload) {
        heard.push(payload);
        void readVersions(database).then((all) => {
          versions.push(all.get("people"));
          if (versions.length === 2) done();
        });
      },
    });
    await up;
    const failed = database.transaction(async (sql) => {
      await noteChange(sql, { kind: "people", id: "nobody", by: "p1" });
      throw new Error("rolled back");
    });
    await expect(failed).rejects.toThrow();
    await database.transaction((sql) => noteChange(sql, { kind: "people", id: "u1", by: "p1" }));
    await database.transaction((sql) => noteChange(sql, { kind: "people", id: "x".repeat(9000), by: "p1" }));
    await both;
    expect(heard.map((one) => JSON.parse(one))).toEqual([
      { kind: "people", id: "u1", version: 1, by: "p1" },
      { kind: "people", version: 2, by: "p1" },
    ]);
    expect(versions.every((version) => version !== undefined && version >= 1)).toBe(true);
    expect((await readVersions(database)).get("people")).toBe(2);
    stop();
  });
}
