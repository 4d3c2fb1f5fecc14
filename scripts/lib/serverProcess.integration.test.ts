import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const MODULE = pathToFileURL(path.join(import.meta.dirname, "serverProcess.mjs")).href;

let dir: string;
let started: ChildProcess[] = [];
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "telltale-start-"));
  started = [];
});
afterEach(() => {
  for (const child of started) if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  rmSync(dir, { recursive: true, force: true });
});

/** A script that runs `server` as scripts/start.mjs runs the real one, through a shell as npm does or directly. */
function start(server: string, shell: boolean) {
  writeFileSync(path.join(dir, "server.mjs"), `import { stopWithStarter } from ${JSON.stringify(MODULE)};\n${server}`);
  writeFileSync(
    path.join(dir, "start.mjs"),
    `import { runServer } from ${JSON.stringify(MODULE)};\nprocess.exit(await runServer(${JSON.stringify(path.join(dir, "server.mjs"))}, { npmParent: ${shell} }));`,
  );
  const script = path.join(dir, "start.mjs");
  // The second command keeps the shell: some shells become the only one that they are given.
  const child = shell
    ? spawn("sh", ["-c", `"${process.execPath}" "${script}"; exit $?`], { stdio: ["ignore", "pipe", "inherit"] })
    : spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  started.push(child);
  let output = "";
  child.stdout?.on("data", (chunk) => {
    output += chunk;
  });
  const printed = async (text: string) => {
    while (!output.includes(text)) await new Promise((resolve) => setTimeout(resolve, 10));
    return output;
  };
  const closed = new Promise<string>((resolve) => child.once("close", () => resolve(output)));
  const exit = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  return { child, printed, closed, exit };
}

const SERVER = `
stopWithStarter();
process.on("SIGTERM", () => { console.log("stopped"); process.exit(7); });
setInterval(() => undefined, 1000);
console.log("up", process.pid, process.execArgv.join(" "), process.env.MALLOC_ARENA_MAX);`;

describe("the server as a process of its own", () => {
  test("FA-40: it has the flags and the environment that keep its memory small", async () => {
    const { printed, child } = start(SERVER, false);
    expect(await printed("up")).toMatch(/--max-semi-space-size=2 2/);
    child.kill("SIGTERM");
  });

  test("FA-41: SIGTERM to what started it ends it in order, and its exit code is passed on", async () => {
    const { child, printed, closed, exit } = start(SERVER, false);
    await printed("up");
    child.kill("SIGTERM");
    expect(await exit).toBe(7);
    expect(await closed).toContain("stopped");
  });

  test("FA-41: a server that ends by itself, or by a signal, ends its starter with the same code", async () => {
    expect(await start("process.exit(3);", false).exit).toBe(3);
    expect(await start('process.kill(process.pid, "SIGKILL");', false).exit).toBe(137);
  });

  test("FA-42: it stops when the shell that npm runs the script in is ended", async () => {
    const { child, printed, closed } = start(SERVER, true);
    await printed("up");
    child.kill("SIGTERM");
    // The output closes when the last process that holds it has ended.
    expect(await closed).toContain("stopped");
  });

  test("FA-42: it stops when its starter is killed outright", async () => {
    const { child, printed, closed } = start(SERVER, false);
    await printed("up");
    child.kill("SIGKILL");
    expect(await closed).toContain("stopped");
  });
});
