import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * What keeps the server's memory small: Node must be started with it. V8's young generation grows to 48 MB while modules are loaded
 * and is never given back; glibc keeps an arena of freed memory for each thread. Together 15 MB at rest and 25 MB after some pages.
 * `--optimize-for-size` is on only while modules are loaded (smallYoungHeap.mjs): it makes messages dearer.
 */
export const NODE_FLAGS = ["--max-semi-space-size=2"];
export const NODE_ENVIRONMENT = { MALLOC_ARENA_MAX: "2" };

const PARENT_CHECK_MS = 500;
/** The server has 5 s to stop by itself (server/index.ts). */
const KILL_AFTER_MS = 8000;

/**
 * Runs a script as a Node process of its own with those flags, passes SIGINT, SIGTERM and SIGHUP on, and resolves to its exit code
 * (128 + n after signal n). `npmParent`: stop, too, when the parent process ends. npm starts scripts through a shell, which a SIGTERM
 * ends without passing it on.
 */
export function runServer(script, { npmParent = process.env.npm_lifecycle_event !== undefined } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...NODE_FLAGS, script], {
      env: { ...NODE_ENVIRONMENT, ...process.env },
      // The channel tells the server when this process is killed outright.
      stdio: ["inherit", "inherit", "inherit", "ipc"],
    });
    child.channel?.unref();
    let kill;
    const stop = (signal) => {
      child.kill(signal);
      kill ??= setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS).unref();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop(signal));
    const parent = process.ppid;
    const watch = npmParent && setInterval(() => process.ppid !== parent && stop("SIGTERM"), PARENT_CHECK_MS);
    const end = () => {
      clearInterval(watch);
      clearTimeout(kill);
    };
    child.once("error", (error) => {
      end();
      reject(error);
    });
    child.once("exit", (code, signal) => {
      end();
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/** In the server's process: stop as after SIGTERM when the process that started it is gone. */
export function stopWithStarter() {
  if (!process.connected) return;
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel?.unref();
}
