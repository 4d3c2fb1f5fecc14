import { expect, test } from "vitest";
import { createTerminalTeller, Stopped } from "./teller";

function teller(isTerminal: boolean) {
  let written = "";
  let time = 0;
  let stopped = false;
  const told = createTerminalTeller({
    write: (text) => {
      written += text;
    },
    isTerminal,
    now: () => time,
    stopped: () => stopped,
  });
  told.begin({
    from: "/a",
    to: "postgres://h/b",
    total: { rows: 2000, bytes: 4e6 },
    resumed: false,
    left: [],
    strange: [],
  });
  written = "";
  return {
    told,
    after(ms: number, ...args: Parameters<typeof told.did>) {
      time += ms;
      told.did(...args);
    },
    stop: () => {
      stopped = true;
    },
    taken() {
      const taken = written;
      written = "";
      return taken;
    },
  };
}

test("MV-11: shows rows, per cent and the time that is left by what this run has done", () => {
  const { after, taken, told } = teller(true);
  after(0, "copy", { rows: 1000, bytes: 2e6 }, true);
  after(10_000, "copy", { rows: 200, bytes: 0.4e6 });
  expect(taken()).toContain("\rCopying    60 %  1,200 of 2,000 rows, 40 s left");
  after(1000, "compare", { rows: 500, bytes: 1e6 });
  expect(taken()).toContain("Copying   100 %  2,000 of 2,000 rows\u001b[K\n");
  told.end();
  expect(taken()).toContain("Comparing 100 %  2,000 of 2,000 rows\u001b[K\n");
});

test("MV-11: where it is no terminal, a line for each ten per cent", () => {
  const { after, taken, told } = teller(false);
  for (let i = 0; i < 100; i++) after(100, "copy", { rows: 20, bytes: 4e4 });
  told.end();
  const lines = taken().trim().split("\n");
  expect(lines.length).toBeGreaterThan(8);
  expect(lines.length).toBeLessThan(14);
  expect(lines.at(-1)).toBe("Copying   100 %  2,000 of 2,000 rows");
});

test("MV-11: stops at the next page when that was asked for", () => {
  const { after, stop } = teller(true);
  stop();
  expect(() => after(0, "copy", { rows: 1, bytes: 1 })).toThrow(Stopped);
});
