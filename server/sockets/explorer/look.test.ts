import { expect, test } from "vitest";
import { createTopicTree } from "../../../lib/explorer/tree";
import { createFakeClock } from "../../testing/fakeClock";
import { createLook } from "./look";
import type { Watch } from "./watch";

test("FA-109: rows go on changing places where the clock was set back", () => {
  const clock = createFakeClock();
  const tree = createTopicTree(clock.now());
  const look = createLook({ tree, skipped: 0 } as unknown as Watch, clock);
  const hear = (topic: string, times: number) => {
    for (let i = 0; i < times; i++) tree.hear(topic, new Uint8Array([49]), false, clock.now());
  };
  const paths = () => look.rows(true)?.rows?.map(({ path }) => path);
  hear("a", 2);
  hear("b", 1);
  look.set({ sort: "messages" });
  expect(paths()).toEqual(["a", "b"]);
  clock.advance(60_000);
  hear("b", 5);
  expect(paths()).toEqual(["b", "a"]);
  clock.setBack(3_600_000);
  hear("a", 9);
  clock.advance(60_000);
  expect(paths()).toEqual(["a", "b"]);
});
