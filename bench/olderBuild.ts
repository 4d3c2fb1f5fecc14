import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { run } from "../scripts/lib/run.mjs";

export interface OlderBuild {
  /** A checkout with its packages and its build. */
  readonly root: string;
  dispose(): Promise<void>;
}

/** `from`: a checkout that is built already, or a commit that is checked out and built here, in a temporary folder. */
export async function olderBuild(from: string): Promise<OlderBuild> {
  if (existsSync(join(from, "dist/server.js"))) return { root: resolve(from), dispose: async () => undefined };
  const folder = mkdtempSync(join(tmpdir(), "telltale-older-"));
  const root = join(folder, "checkout");
  const dispose = async () => {
    await run("git", ["worktree", "remove", "--force", root], { quiet: true });
    rmSync(folder, { recursive: true, force: true });
  };
  const steps: readonly (readonly [command: string, args: readonly string[], cwd?: string])[] = [
    ["git", ["worktree", "add", "--detach", root, from]],
    ["npm", ["ci", "--prefer-offline", "--no-audit", "--no-fund"], root],
    [process.execPath, ["scripts/build.mjs"], root],
  ];
  for (const [command, args, cwd] of steps) {
    const { code, output } = await run(command, [...args], { quiet: true, ...(cwd && { cwd }) });
    if (code === 0) continue;
    await dispose();
    throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${output}`);
  }
  return { root, dispose };
}
