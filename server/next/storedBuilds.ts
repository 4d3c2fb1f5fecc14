import { readdir, readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import type { BuildFiles, Cancel, Clock, Log } from "../ports";
import type { PageHandler } from "./pages";

/** Where Next serves the files of `.next/static`. */
const PREFIX = "/_next/static/";
/** What builds call their files; anything else of a stranger is not looked up. */
const PATH = /^\/_next\/static\/[\w./~@()[\]+-]{1,400}$/;
const NOTE_MS = 12 * 3_600_000;
/** After a fault. */
const AGAIN_MS = 60_000;

const TYPES: Record<string, string> = {
  ".js": "application/javascript; charset=UTF-8",
  ".css": "text/css; charset=UTF-8",
  ".json": "application/json; charset=UTF-8",
  ".map": "application/json; charset=UTF-8",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
};

export interface StoredBuildsParts {
  files: BuildFiles;
  /** `.next/static` of this build. */
  folder: string;
  clock: Pick<Clock, "after">;
  log: Pick<Log, "warn">;
}

/**
 * While several nodes are upgraded one after the other, a page that one of them has served asks another for its files: each node stores those of
 * its build where all can read them, before it serves the first page, and serves those of any other.
 */
export function createStoredBuilds({ files, folder, clock, log }: StoredBuildsParts) {
  const own = new Set<string>();
  let cancel: Cancel = () => undefined;
  let stopped = false;

  /** Again now and then: what no node uses is forgotten. */
  async function note(): Promise<void> {
    let next = NOTE_MS;
    try {
      await files.keep([...own], (path) => readFile(join(folder, path.slice(PREFIX.length))));
    } catch (error) {
      log.warn({ error: String(error) }, "the files of this build could not be stored for other nodes");
      next = AGAIN_MS;
    }
    if (!stopped) cancel = clock.after(next, () => void note());
  }

  async function find(path: string): Promise<Uint8Array | undefined> {
    try {
      return await files.get(path);
    } catch (error) {
      log.warn({ error: String(error), path }, "a file of another build could not be read");
      return undefined;
    }
  }

  return {
    async start() {
      for (const path of await pathsIn(folder)) own.add(path);
      await note();
    },
    stop() {
      stopped = true;
      cancel();
    },

    /** Answers what this build does not have; `handle` answers all else, and what is nowhere. */
    before:
      (handle: PageHandler): PageHandler =>
      async (req, res) => {
        const path = pathOf(req);
        const data = path === undefined || own.has(path) ? undefined : await find(path);
        if (path === undefined || data === undefined) return handle(req, res);
        serve(req, res, path, data);
      },
  };
}

/** All files below `folder`, as browsers ask for them. */
async function pathsIn(folder: string, prefix = PREFIX): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const paths = entries.map((entry) =>
    entry.isDirectory() ? pathsIn(join(folder, entry.name), `${prefix}${entry.name}/`) : [prefix + entry.name],
  );
  return (await Promise.all(paths)).flat();
}

/** The path of a file of a build; undefined: the request is for something else. */
function pathOf({ method, url = "" }: IncomingMessage): string | undefined {
  if (!url.startsWith(PREFIX) || (method !== "GET" && method !== "HEAD")) return undefined;
  try {
    const path = decodeURIComponent(url.split("?", 1)[0] as string);
    return PATH.test(path) ? path : undefined;
  } catch {
    // A % that is no percent code: no file has it in its name.
    return undefined;
  }
}

function serve({ method }: IncomingMessage, res: ServerResponse, path: string, data: Uint8Array): void {
  res.writeHead(200, {
    "Content-Type": TYPES[extname(path)] ?? "application/octet-stream",
    "Content-Length": data.byteLength,
    // As Next says of its own: a path never has another content.
    "Cache-Control": "public, max-age=31536000, immutable",
  });
  res.end(method === "HEAD" ? undefined : data);
}
