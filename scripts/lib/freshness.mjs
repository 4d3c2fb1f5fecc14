import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./root.mjs";

/** What the build is made of. */
const FOLDERS = ["app", "components", "lib", "messages", "public", "server"];
const FILES = [
  "next.config.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
  "scripts/build.mjs",
  "scripts/lib/freshness.mjs",
];
const STAMP = join(ROOT, "dist/build.json");

const isSource = (path) => !/\.test\.tsx?$/.test(path) && !path.endsWith(".md") && !path.includes("/testing/");

/** One hash over every source, by path and content: a checkout that changes only times builds nothing. */
export function sourceHash() {
  const hash = createHash("sha256");
  const paths = FOLDERS.filter((folder) => existsSync(join(ROOT, folder))).flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name)),
  );
  for (const path of [...paths.filter(isSource), ...FILES.map((file) => join(ROOT, file))].sort()) {
    if (!existsSync(path)) continue;
    hash.update(path.slice(ROOT.length)).update("\0").update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex");
}

export function buildIsFresh() {
  const made = [STAMP, join(ROOT, "dist/server.js"), join(ROOT, ".next/BUILD_ID")];
  if (!made.every((path) => existsSync(path))) return false;
  return JSON.parse(readFileSync(STAMP, "utf8")).sources === sourceHash();
}

export const stampBuild = (sources) => writeFileSync(STAMP, JSON.stringify({ sources }));
