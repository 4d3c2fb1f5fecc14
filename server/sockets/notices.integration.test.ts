import { expect, test } from "vitest";
import { ask, openSocketHouse } from "../testing/socketHouse";

test("LV-20: when the cap on topics is hit every page is told to look for the notice, once", async (context) => {
  const house = await openSocketHouse([{ id: "many", filter: "many/+", type: "number" }], [], 2);
  context.onTestFinished(() => house.stop());
  const page = await house.connected();
  const watch = () => ask(page, "view:watch", { view: { kind: "everything" } });
  await watch();
  let told = 0;
  page.on("catalog:changed", () => void told++);
  for (const n of [1, 2]) house.say(`many/${n}`, "1");
  house.clock.advance(300);
  await watch();
  expect(told).toBe(0);
  for (const n of [3, 4, 5]) {
    house.say(`many/${n}`, "1");
    house.clock.advance(300);
  }
  await watch();
  expect(told).toBe(1);
});
