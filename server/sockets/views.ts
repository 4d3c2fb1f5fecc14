import type { Access } from "../../lib/access";
import type { View } from "../../lib/protocol";
import { say } from "../../lib/texts/said";
import { catchUp, type ResolvedView, resolveView, rightsOf } from "../pipeline/views";
import type { Brokers, Catalog, Clock, LiveState } from "../ports";
import { sha256 } from "../sha256";
import { backlog, type ConnectedPage } from "./connectedPage";
import type { HandlersNamed } from "./dispatch";
import { refused } from "./replies";
import type { Rooms } from "./rooms";

/** A page that has not read this much yet is not given more snapshots: its memory here stays bounded. */
const MAX_BACKLOG_BYTES = 1024 * 1024;

export interface Views {
  readonly handlers: HandlersNamed<"view">;
  /** What may be seen changed for this person: what it no longer may see ends now. */
  rightsChanged(page: ConnectedPage): void;
  /** The points or the dashboards changed: tells those pages whose view is another now. */
  refresh(pages: Iterable<ConnectedPage>): void;
}

export interface ViewParts {
  live: LiveState;
  catalog: Catalog;
  brokers: Brokers;
  rooms: Rooms;
  clock: Clock;
}

export function createViews({ live, catalog, brokers, rooms, clock }: ViewParts): Views {
  /** Two hundred pages of one dashboard are resolved once. Emptied whenever an answer may have changed. */
  const resolved = new Map<string, ResolvedView | undefined>();
  const forget = (): void => resolved.clear();
  live.onPoints(forget);
  catalog.onChange(forget);

  function resolve(access: Access, view: View): ResolvedView | undefined {
    const key = `${rightsOf(access)} ${JSON.stringify(view)}`;
    if (!resolved.has(key)) {
      // Points that came since the last onPoints (it is throttled) must not hide behind an old answer for long.
      if (resolved.size >= 200) forget();
      resolved.set(key, resolveView(live, catalog, access, view, sha256));
    }
    return resolved.get(key);
  }

  function tell(page: ConnectedPage, room: string): void {
    if (page.toldToWatch) return;
    page.toldToWatch = true;
    page.socket.emit("view:changed", { room });
  }

  return {
    handlers: {
      "view:watch"(page, { view, room, since }) {
        if (backlog(page.socket) > MAX_BACKLOG_BYTES) return refused("unavailable", say("reply.behind"));
        const found = resolve(page.session.access, view);
        page.view = view;
        page.toldToWatch = false;
        if (!found) {
          rooms.leave(page);
          return refused("not-found", say("reply.noDashboard"));
        }
        const value = catchUp(live, brokers, found, { room, since }, clock.now());
        rooms.enter(page, found);
        return { ok: true, value };
      },
      "view:sync"(page, { room, since }) {
        if (page.stream.state === "nowhere" || page.stream.room.view.room !== room)
          return refused("not-found", say("reply.otherRoom"));
        if (page.stream.state === "slow" || backlog(page.socket) > MAX_BACKLOG_BYTES)
          return refused("unavailable", say("reply.behind"));
        return { ok: true, value: catchUp(live, brokers, page.stream.room.view, { room, since }, clock.now()) };
      },
    },
    rightsChanged(page) {
      if (!page.view || page.stream.state === "nowhere") return;
      const { room } = page.stream.room.view;
      if (resolve(page.session.access, page.view)?.room === room) return;
      rooms.leave(page);
      tell(page, room);
    },
    refresh(pages) {
      for (const page of pages) {
        if (!page.view || page.stream.state !== "seated") continue;
        const { room } = page.stream.room.view;
        if (resolve(page.session.access, page.view)?.room !== room) tell(page, room);
      }
    },
  };
}
