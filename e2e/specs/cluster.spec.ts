import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { freePort } from "../../server/testing/mosquitto";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
};

test("CL-81: npm run cluster starts all parts behind one address, says which one dies, and leaves nothing behind", async ({
  page,
}) => {
  const port = await freePort();
  const args = ["scripts/cluster.mjs", "--broker", "mosquitto", "--nodes", "2", "--port", String(port)];
  // A process group of its own, as a terminal gives it: Ctrl-C reaches all that was started.
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ["pipe", "pipe", "pipe"], detached: true });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const gone = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const says = (text: string | RegExp) => expect.poll(() => output, { timeout: 120_000 }).toMatch(text);

  try {
    await says(/Ctrl-C ends all/);
    const pids = new Map(
      [...output.matchAll(/^ {2}([a-z]+(?:-\d)?) +(\d+) /gm)].map(([, name, pid]) => [name, Number(pid)]),
    );
    expect([...pids.keys()]).toEqual(["mosquitto-1", "node-1", "node-2", "balancer"]);
    await page.goto(`http://127.0.0.1:${port}/d/house`);
    await expect(page.getByRole("group", { name: "House power" })).toHaveAttribute("data-state", /live|alarm/);

    process.kill(pids.get("node-1") as number, "SIGKILL");
    await says("node-1 has ended.");
    child.stdin.write("\n");
    await says(/node-1 runs again, \d+/);
    pids.set("node-1", Number(/node-1 runs again, (\d+)/.exec(output)?.[1]));

    process.kill(-(child.pid as number), "SIGINT");
    expect(await gone).toBe(0);
    expect([...pids].filter(([, pid]) => isAlive(pid))).toEqual([]);
    // Postgres is nobody's child; its port is in its address.
    const database = /postgres:\/\/telltale@127\.0\.0\.1:(\d+)/.exec(output)?.[1];
    await expect(fetch(`http://127.0.0.1:${database}`)).rejects.toThrow();
  } finally {
    if (child.exitCode === null && child.signalCode === null) {
      process.kill(-(child.pid as number), "SIGTERM");
      await gone;
    }
  }
});
