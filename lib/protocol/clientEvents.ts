import { z } from "zod";
import { Command, CommandDismiss, CommandFate, CommandRequest } from "../command";
import type { EverythingList } from "../everything";
import {
  ExplorerClear,
  ExplorerLook,
  type ExplorerMessages,
  ExplorerOpen,
  type ExplorerOpened,
  ExplorerPayloadRequest,
  ExplorerPublish,
  type ExplorerPublished,
  ExplorerSelect,
  type ExplorerSibling,
  ExplorerSiblingsRequest,
} from "../explorer/wire";
import type { Contracts, EventsOf } from "./contract";
import {
  CatchUp,
  EverythingRequest,
  PreviewRequest,
  RecentRequest,
  RecentSeries,
  SyncRequest,
  WatchRequest,
} from "./shapes";

const nothing = z.undefined();
/** An answer that has a type and no schema. */
const typed = <T>() => z.custom<T>();

/** From a page to the server, each answered once. One entry an event; an event that is not here is counted and refused. */
export const clientEvents = {
  /** A page opens, or reconnects: join the view's room and catch up. Replaces the view watched before. */
  "view:watch": { needs: "see", request: WatchRequest, answer: CatchUp },
  /** A gap was seen in the frames: catch up. */
  "view:sync": { needs: "see", request: SyncRequest, answer: CatchUp },
  /** The tiles of the page of everything, in order, as ids. */
  "everything:list": { needs: "see", request: EverythingRequest, answer: typed<EverythingList>() },
  "series:recent": { needs: "see", request: RecentRequest, answer: RecentSeries },

  /** A person acts. Answered when sent or refused; what follows travels in frames to everyone. */
  "command:send": { needs: "operate", request: CommandRequest, answer: Command },
  /** What became of a gesture that was never answered. What the server does not know by then it never accepts. */
  "command:fate": { needs: "operate", request: CommandFate, answer: Command },
  /** A person has read that the point's last command was not confirmed. */
  "command:dismiss": { needs: "operate", request: CommandDismiss, answer: Command },

  /** One preview a socket; opening another closes the first. */
  "preview:open": {
    needs: "admin",
    refusal: "reply.previewNotAllowed",
    request: PreviewRequest,
    answer: z.object({ filter: z.string() }),
  },
  "preview:close": { needs: "see", request: nothing, answer: z.null() },

  /** One explorer a socket; opening another closes the first. */
  "explorer:open": {
    needs: "admin",
    refusal: "reply.explorerNotAllowed",
    request: ExplorerOpen,
    answer: typed<ExplorerOpened>(),
  },
  "explorer:close": { needs: "see", request: nothing, answer: z.null() },
  /** What of the tree is in sight; its rows follow as explorer:rows. */
  "explorer:look": { needs: "admin", request: ExplorerLook, answer: z.null() },
  /** A topic whose messages are wanted from now on, with what is known of it; null: none. */
  "explorer:select": { needs: "admin", request: ExplorerSelect, answer: typed<ExplorerMessages | null>() },
  /** The whole payload of a message of the selected topic, as far as it is still kept. */
  "explorer:payload": { needs: "admin", request: ExplorerPayloadRequest, answer: z.object({ payload: z.string() }) },
  /** Topics that differ from this one in one level: what a proposal looks at. */
  "explorer:siblings": { needs: "admin", request: ExplorerSiblingsRequest, answer: typed<ExplorerSibling[]>() },
  /** Audited before it is sent. */
  "explorer:publish": { needs: "admin", request: ExplorerPublish, answer: typed<ExplorerPublished>() },
  "explorer:clear-retained": { needs: "admin", request: ExplorerClear, answer: typed<ExplorerPublished>() },
} as const satisfies Contracts;

export type ClientEvents = EventsOf<typeof clientEvents>;
