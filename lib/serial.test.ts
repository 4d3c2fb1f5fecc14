import { expect, test } from "vitest";
import { createSerial } from "./serial";

test("pieces of work run one at a time, in the order in which they were given", async () => {
  const serial = createSerial();
  const seen: string[] = [];
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const first = serial(async () => {
    seen.push("first begins");
    await gate;
    seen.push("first ends");
    return 1;
  });
  const second = serial(async () => seen.push("second"));
  await Promise.resolve();
  expect(seen).toEqual(["first begins"]);
  release();
  expect(await first).toBe(1);
  await second;
  expect(seen).toEqual(["first begins", "first ends", "second"]);
});

test("a piece of work that fails rejects for its caller, and the next one runs", async () => {
  const serial = createSerial();
  const failing = serial(() => Promise.reject(new Error("disk full")));
  const next = serial(async () => "written");
  await expect(failing).rejects.toThrow("disk full");
  expect(await next).toBe("written");
});
