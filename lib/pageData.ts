import type { SessionOut, UserOut } from "./api";
import type { BrokerState } from "./broker";
import type { Origin } from "./configOrigin";
import type { Dashboard } from "./dashboard";
import type { EverythingList } from "./everything";
import type { PointId } from "./ids";
import type { Snapshot, View } from "./protocol";
import type { Said } from "./texts/said";

/**
 * The one thing that crosses from the server's module graph into Next's: what a page needs for its first paint.
 * server/app.ts puts it on globalThis; both graphs share the process but no modules.
 */
export interface PageData {
  session(headers: Headers): Promise<SessionOut>;
  /** What navigation shows: dashboards in order, brokers, how many points. Null when the caller may not look. */
  shell(headers: Headers): Promise<Shell | null>;
  /** The view's present state for a caller who may see it; null: no such view, or not allowed. */
  view(
    headers: Headers,
    view: View,
  ): Promise<{ snapshot: Snapshot; dashboard?: Dashboard & { origin: Origin; version: number } } | null>;
  /**
   * The beginning of the page of everything, for as many tiles as its HTML has, and the state of these points; of `also` too, where it
   * may be seen. Null when the caller may not look.
   */
  everything(
    headers: Headers,
    also?: PointId,
  ): Promise<{ snapshot: Snapshot; view: View; list: EverythingList } | null>;
  /** Whether this one-time set-up token would be taken. */
  setupTokenValid(token: string): boolean;
}

export interface Shell {
  user: Pick<UserOut, "id" | "username" | "name"> | null;
  role: NonNullable<SessionOut["role"]>;
  dashboards: { slug: string; title: string; origin: Origin }[];
  brokers: BrokerState[];
  points: number;
  /** Devices that announced themselves and wait for an admin; for others 0. */
  found: number;
  /** Alarms that ask for a person. */
  alarms: number;
  /** The demo house is running: said in the UI, with the way to one's own broker. */
  demo: boolean;
  /** Several nodes can run over the database; absent with SQLite. */
  severalNodes?: true;
  /** Faults that everyone should know of: a refused telltale.yaml, history that cannot be written, a cap that was hit. */
  notices: { level: "warning" | "critical"; text: Said }[];
}

/** A request header that the server overwrites with the path that was asked for: a layout of Next is not told it. */
export const PATH_HEADER = "x-telltale-path";

const KEY = Symbol.for("telltale.pageData");
type Holder = { [KEY]?: PageData };

export const providePageData = (data: PageData | undefined): void => {
  (globalThis as Holder)[KEY] = data;
};

/** Throws when Next runs without Telltale's server, as in a bare `next dev`. */
export function pageData(): PageData {
  const data = (globalThis as Holder)[KEY];
  if (!data)
    throw new Error("Telltale's pages need Telltale's server: start with `npm start` or `npm run dev`, not `next`.");
  return data;
}
