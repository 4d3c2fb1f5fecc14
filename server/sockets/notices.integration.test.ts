import { expect, test } from "vitest";
import { ask, openSocketTestBed } from "../testing/socketTestBed";

test("LV-20: when the cap on topics is hit every page is told to look for the notice, once", async (context) => {
  const bed = await openSocketTestBed([{ id: "many", filter: "many/+", type: "number" }], [], 2);
  context.onTestFinished(() => bed.stop());
  const page = await bed.connected();
  const watch = () => ask(page, "view:watch", { view: { kind: "everything" } });
  await watch();
  let told = 0;
  page.on("catalog:changed", () => void told++);
  for (const n of [1, 2]) bed.say(`many/${n}`, "1");
  bed.clock.advance(300);
  await watch();
  expect(told).toBe(0);
  for (const n of [3, 4, 5]) {
    bed.say(`many/${n}`, "1");
    bed.clock.advance(300);
  }
  await watch();
  expect(told).toBe(1);
});
