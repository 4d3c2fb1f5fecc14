import { spawn } from "node:child_process";
import { ROOT } from "./root.mjs";

const running = new Set();

/** Ctrl-C, a closed terminal or a stopped job must not leave a compiler, a browser or a broker behind. */
function guard() {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ])
    process.once(signal, () => {
      for (const child of running) killGroup(child, signal);
      process.exit(code);
    });
}

function killGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // The group has ended between the signal and now.
    if (error.code !== "ESRCH") throw error;
  }
}

/**
 * Runs a program in a process group of its own, output straight to the terminal unless `quiet`.
 * Answers its exit code (128 + n after a signal), its output when quiet, and the milliseconds it took; never rejects. With `limitMs`
 * the whole group is ended after that time.
 */
export function run(command, args, { env = {}, quiet = false, cwd = ROOT, limitMs } = {}) {
  if (running.size === 0 && process.listenerCount("SIGINT") === 0) guard();
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
      detached: process.platform !== "win32",
      shell: process.platform === "win32",
    });
    let output = "";
    child.stdout?.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr?.on("data", (chunk) => {
      output += chunk;
    });
    running.add(child);
    const late = limitMs && setTimeout(() => killGroup(child, "SIGTERM"), limitMs);
    const hung = limitMs && setTimeout(() => killGroup(child, "SIGKILL"), limitMs + 10_000);
    const end = (code) => {
      clearTimeout(late);
      clearTimeout(hung);
      running.delete(child);
      resolve({ code, output, ms: Date.now() - started });
    };
    child.once("error", (error) => {
      output += error.message;
      end(127);
    });
    child.once("close", (code, signal) => end(code ?? (signal === "SIGKILL" ? 137 : 143)));
  });
}

/** A program of one of our packages, run by this very Node. */
export const runBin = (file, args, options) => run(process.execPath, [`node_modules/${file}`, ...args], options);

/** npm as it was called, or as the PATH has it. */
export const runNpm = (args, options) =>
  process.env.npm_execpath?.endsWith(".js")
    ? run(process.execPath, [process.env.npm_execpath, ...args], options)
    : run("npm", args, options);

export const seconds = (ms) => (ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`);

export const heading = (text) => console.log(`\n▸ ${text}`);
