import type { Access } from "../../lib/access";
import type { View } from "../../lib/protocol";
import { catchUp, type ResolvedView, resolveView, rightsOf } from "../pipeline/views";
import type { Brokers, Catalog, Clock, LiveState } from "../ports";
import { sha256 } from "../sha256";
import type { HandlersNamed } from "./dispatch";
import { refused } from "./replies";
import type { Rooms } from "./rooms";
import { backlog, type Seat } from "./seat";

/** A page that has not read this much yet is not given more snapshots: its memory here stays bounded. */
const MAX_BACKLOG_BYTES = 1024 * 1024;

export interface Views {
  readonly handlers: HandlersNamed<"view">;
  /** What may be seen changed for this person: what it no longer may see ends now. */
  rightsChanged(seat: Seat): void;
  /** The points or the dashboards changed: tells those pages whose view is another now. */
  refresh(seats: Iterable<Seat>): void;
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

  function tell(seat: Seat, room: string): void {
    if (seat.toldToWatch) return;
    seat.toldToWatch = true;
    seat.socket.emit("view:changed", { room });
  }

  return {
    handlers: {
      "view:watch"(seat, { view, room, since }) {
        if (backlog(seat.socket) > MAX_BACKLOG_BYTES)
          return refused("unavailable", "This connection has not received the previous messages yet.");
        const found = resolve(seat.session.access, view);
        seat.view = view;
        seat.toldToWatch = false;
        if (!found) {
          rooms.leave(seat);
          return refused("not-found", "There is no such dashboard (any more).");
        }
        const value = catchUp(live, brokers, found, { room, since }, clock.now());
        rooms.enter(seat, found);
        return { ok: true, value };
      },
      "view:sync"(seat, { room, since }) {
        if (seat.place.state === "nowhere" || seat.place.room.view.room !== room)
          return refused("not-found", "This page does not watch that room: watch again.");
        if (seat.place.state === "slow" || backlog(seat.socket) > MAX_BACKLOG_BYTES)
          return refused("unavailable", "This connection has not received the previous messages yet.");
        return { ok: true, value: catchUp(live, brokers, seat.place.room.view, { room, since }, clock.now()) };
      },
    },
    rightsChanged(seat) {
      if (!seat.view || seat.place.state === "nowhere") return;
      const { room } = seat.place.room.view;
      if (resolve(seat.session.access, seat.view)?.room === room) return;
      rooms.leave(seat);
      tell(seat, room);
    },
    refresh(seats) {
      for (const seat of seats) {
        if (!seat.view || seat.place.state !== "seated") continue;
        const { room } = seat.place.room.view;
        if (resolve(seat.session.access, seat.view)?.room !== room) tell(seat, room);
      }
    },
  };
}
