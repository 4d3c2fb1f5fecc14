import { expect, test } from "vitest";
import type { UserOut } from "../../lib/api";
import { createFakeClock } from "../testing/fakeClock";
import type { ChangeEvents } from "./changes";
import { noLog } from "./cluster.harness";
import { createFollower } from "./follower";

function setup() {
  const clock = createFakeClock();
  const said: string[] = [];
  let listener: ChangeEvents | undefined;
  let fails = false;
  const accounts = ["ana", "bob"];
  const work = async (name: string) => {
    if (fails) throw new Error("no connection");
    said.push(name);
  };
  const follower = createFollower({
    on(added) {
      listener = added;
      return () => {
        listener = undefined;
      };
    },
    refreshConfig: () => work("config"),
    refreshSettings: () => work("settings"),
    commands: { changed: (id) => work(`command ${id ?? "all"}`) },
    people: {
      list: async () => {
        if (fails) throw new Error("no connection");
        return accounts.map((id) => ({ id })) as UserOut[];
      },
    },
    clock,
    log: noLog,
  });
  follower.onRights(({ userId, code }) => said.push(`${userId} ${code}`));
  follower.start();
  return { clock, said, accounts, follower, tell: () => listener, fail: (now: boolean) => (fails = now) };
}

test("CL-50: the configuration, a command and a person's rights are looked at again when another node changed them", async () => {
  const { clock, said, tell } = setup();
  tell()?.changed("config", undefined);
  tell()?.changed("commands", "c1");
  tell()?.changed("people", "ana");
  tell()?.changed("lease", "broker:main");
  await clock.advanceAsync(0);
  expect(said.sort()).toEqual(["ana rights-changed", "command c1", "config"]);
});

test("CL-51: a change of any person, and what could not be read at once, reach everybody", async () => {
  const { clock, said, tell, fail } = setup();
  fail(true);
  tell()?.changed("config", undefined);
  tell()?.changed("people", undefined);
  tell()?.changed("commands", undefined);
  await clock.advanceAsync(3000);
  expect(said).toEqual([]);
  fail(false);
  await clock.advanceAsync(1000);
  expect(said.sort()).toEqual(["ana rights-changed", "bob rights-changed", "command all", "config"]);
  await clock.advanceAsync(10_000);
  expect(said).toHaveLength(4);
});

test("CL-52: a node that hears nothing looks at everybody's rights each second, until it hears again", async () => {
  const { clock, said, tell } = setup();
  tell()?.deaf(true);
  await clock.advanceAsync(2500);
  expect(said).toEqual(["ana rights-changed", "bob rights-changed", "ana rights-changed", "bob rights-changed"]);
  tell()?.deaf(false);
  await clock.advanceAsync(10_000);
  expect(said).toHaveLength(4);
});

test("CL-52: a node that hears nothing looks at the pages of those too whose account was removed meanwhile", async () => {
  const { clock, said, accounts, tell } = setup();
  await clock.advanceAsync(0);
  tell()?.deaf(true);
  accounts.pop();
  await clock.advanceAsync(1000);
  expect(said).toEqual(["ana rights-changed", "bob rights-changed"]);
});

test("CL-50: a node that stops follows no more", async () => {
  const { clock, said, tell, follower, fail } = setup();
  fail(true);
  tell()?.deaf(true);
  tell()?.changed("config", undefined);
  await clock.advanceAsync(0);
  follower.stop();
  fail(false);
  await clock.advanceAsync(10_000);
  expect(said).toEqual([]);
  expect(clock.pending()).toBe(0);
});
