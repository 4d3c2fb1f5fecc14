import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { saying } from "../../lib/texts/said.harness";
import type { ConfigSource } from "../ports";
import { createFileSource } from "./fileSource";

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const topic = (id: string) => `topics:\n  - {id: ${id}, filter: ${id}}\n`;

let dir: string;
let source: ConfigSource | undefined;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "telltale-yaml-"));
});
afterEach(() => {
  source?.stop();
  rmSync(dir, { recursive: true, force: true });
});

const at = (name: string) => path.join(dir, name);
async function open(file = "telltale.yaml", required = false): Promise<ConfigSource> {
  const env = { GOOD: "x" };
  const made = createFileSource({ path: at(file), required, env, otherBrokers: () => [], log: silent, settleMs: 20 });
  source = made;
  await made.start();
  return made;
}
const ids = (s: ConfigSource) => s.current().topics.map((t) => t.id);
/** Resolves at the next change; the test's own timeout is the limit. */
const changed = (s: ConfigSource) =>
  new Promise<void>((resolve) => {
    const off = s.onChange(() => {
      off();
      resolve();
    });
  });

describe("the file as a source", () => {
  test("CF-7: a change written in place is picked up", async () => {
    writeFileSync(at("telltale.yaml"), topic("a"));
    const s = await open();
    expect(ids(s)).toEqual(["a"]);
    const change = changed(s);
    writeFileSync(at("telltale.yaml"), topic("b"));
    await change;
    expect(ids(s)).toEqual(["b"]);
  });

  test("CF-7: a file that an editor puts in its place is picked up, again and again", async () => {
    writeFileSync(at("telltale.yaml"), topic("a"));
    const s = await open();
    for (const id of ["b", "c", "d"]) {
      const change = changed(s);
      writeFileSync(at(".telltale.yaml.swp"), topic(id));
      renameSync(at(".telltale.yaml.swp"), at("telltale.yaml"));
      await change;
      expect(ids(s)).toEqual([id]);
    }
  });

  test("CF-7: a link that is turned to another directory is picked up, as Kubernetes does it", async () => {
    for (const [version, id] of [
      ["v1", "a"],
      ["v2", "b"],
    ] as const) {
      mkdirSync(at(version));
      writeFileSync(path.join(at(version), "telltale.yaml"), topic(id));
    }
    symlinkSync("v1", at("..data"));
    symlinkSync("..data/telltale.yaml", at("telltale.yaml"));
    const s = await open();
    expect(ids(s)).toEqual(["a"]);
    const change = changed(s);
    symlinkSync("v2", at("..tmp"));
    renameSync(at("..tmp"), at("..data"));
    await change;
    expect(ids(s)).toEqual(["b"]);
  });

  test("CF-8: a faulty file is refused whole; what ran goes on, and the notice says file, line and reason", async () => {
    writeFileSync(at("telltale.yaml"), topic("a"));
    const s = await open();
    const refused = changed(s);
    writeFileSync(at("telltale.yaml"), `${topic("b")}  - id: c\n    filter: a/#/b\n`);
    await refused;
    expect(ids(s)).toEqual(["a"]);
    expect(s.notice()).toMatchObject({
      level: "warning",
      text: saying(/^telltale\.yaml:4:5: topics\[1\] "c", filter: "#" must .*stays in use\.$/),
    });
    const mended = changed(s);
    writeFileSync(at("telltale.yaml"), topic("b"));
    await mended;
    expect(ids(s)).toEqual(["b"]);
    expect(s.notice()).toBeUndefined();
  });

  test("CF-8: faulty at start, nothing of it is in use and the notice is critical", async () => {
    writeFileSync(at("telltale.yaml"), `${topic("a")}    colour: red\n`);
    const s = await open();
    expect(ids(s)).toEqual([]);
    expect(s.notice()).toMatchObject({ level: "critical", text: saying(/^telltale\.yaml:\d+:\d+: /) });
  });

  test("CF-8, MS-40: of many faults the first three are shown, with how many there are besides", async () => {
    writeFileSync(
      at("telltale.yaml"),
      `topics:\n${Array.from({ length: 150 }, (_, i) => `  - {id: t${i}, filter: a/#/b}\n`).join("")}`,
    );
    const s = await open();
    expect(s.notice()?.text).toMatchObject({ code: "notice.fileRefusedAtStart", args: { more: 147 } });
    expect(s.notice()).toMatchObject({
      text: saying(/^(telltale\.yaml:\d+:\d+: [^;]*; ){3}and 147 more\. No part of it is in use\.$/),
    });
  });

  test("CF-8: a file that vanishes goes on counting, with a notice", async () => {
    writeFileSync(at("telltale.yaml"), topic("a"));
    const s = await open();
    const gone = changed(s);
    unlinkSync(at("telltale.yaml"));
    await gone;
    expect(ids(s)).toEqual(["a"]);
    expect(s.notice()).toMatchObject({ text: saying(/is gone/) });
  });

  test("CF-9: without the default file there is nothing to tell; it is read when it comes", async () => {
    const s = await open();
    expect(s.notice()).toBeUndefined();
    const change = changed(s);
    writeFileSync(at("telltale.yaml"), topic("a"));
    await change;
    expect(ids(s)).toEqual(["a"]);
  });

  test("CF-9: a file that was asked for by name and is missing is told", async () => {
    expect((await open("house.yaml", true)).notice()).toMatchObject({
      level: "critical",
      text: saying(/There is no file .*house\.yaml/),
    });
  });

  test("CF-10: certificates named in the file are read, and read again when they are renewed", async () => {
    const pem = (text: string) => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;
    writeFileSync(at("ca.pem"), pem("one"));
    writeFileSync(at("telltale.yaml"), "brokers:\n  - {id: main, url: 'mqtts://h', ca: ca.pem}\n");
    const s = await open();
    expect(s.current().brokers[0]?.ca).toBe(pem("one"));
    const change = changed(s);
    writeFileSync(at("ca.pem"), pem("two"));
    await change;
    expect(s.current().brokers[0]?.ca).toBe(pem("two"));
  });

  test("CF-7: a write that changes nothing is not a change", async () => {
    writeFileSync(at("telltale.yaml"), topic("a"));
    const s = await open();
    let changes = 0;
    s.onChange(() => changes++);
    writeFileSync(at("telltale.yaml"), topic("a"));
    const change = changed(s);
    setTimeout(() => writeFileSync(at("telltale.yaml"), topic("b")), 100);
    await change;
    expect(changes).toBe(1);
  });

  const many = (count: number, unit: string) =>
    `topics:\n${Array.from({ length: count }, (_, i) => `  - {id: t${i}, filter: t/${i}, unit: "${unit}"}\n`).join("")}`;

  test("HB-23, HB-106: what did not change in a file is the same object as before", async () => {
    writeFileSync(at("telltale.yaml"), many(300, "K"));
    const s = await open();
    const before = s.current();
    const change = changed(s);
    writeFileSync(
      at("telltale.yaml"),
      many(300, "K").replace('id: t7, filter: t/7, unit: "K"', "id: t7, filter: other"),
    );
    await change;
    const now = s.current();
    expect(now.topics.filter((topic, i) => topic !== before.topics[i]).map(({ id }) => id)).toEqual(["t7"]);
    expect(now.brokers).toBe(before.brokers);
  });
});
