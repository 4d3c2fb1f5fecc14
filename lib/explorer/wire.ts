import { z } from "zod";
import { ViewAge } from "../command";
import { BrokerId } from "../ids";
import { Qos } from "../qos";
import { issueOf } from "../texts/issues";
import type { Said } from "../texts/said";
import { parseTopic } from "../topics/parse";
import { ROW_SORTS } from "./rows";

/** The explorer's part of the wire (lib/protocol). For admins only. */

/** A topic or branch as the tree names it: levels from outside, never published on. */
const Path = z.string().max(65_535);
const Topic = z.string().superRefine((text, ctx) => {
  const topic = parseTopic(text);
  if (!topic.ok) ctx.addIssue(issueOf(topic.error));
});
const Paths = z.array(Path).max(2000);

/** What of the tree a page looks at. What is left out stays as it was. */
export const ExplorerLook = z.strictObject({
  /** Branches that the person opened or closed. */
  open: Paths.optional(),
  close: Paths.optional(),
  /** All branches at once: what was opened and closed before is forgotten. */
  all: z.enum(["open", "close"]).optional(),
  sort: z.enum(ROW_SORTS).optional(),
  search: z.string().max(200).optional(),
  /** The rows in sight, with a margin. */
  from: z.number().int().min(0).max(10_000_000).optional(),
  count: z.number().int().min(1).max(300).optional(),
  /** The list stands still; what arrives is counted all the same. */
  paused: z.boolean().optional(),
});
export type ExplorerLook = z.infer<typeof ExplorerLook>;

export const ExplorerOpen = z.strictObject({ broker: BrokerId.optional(), look: ExplorerLook.optional() });
export type ExplorerOpen = z.infer<typeof ExplorerOpen>;

export interface ExplorerOpened {
  broker: string;
  /** The server's clock, and the run that it is of: what is published by hand tells its age by it. */
  epoch: string;
  now: number;
}

export const ExplorerSelect = z.strictObject({ topic: Path.nullable() });
export const ExplorerPayloadRequest = z.strictObject({ topic: Path, id: z.number().int().nonnegative() });
export const ExplorerSiblingsRequest = z.strictObject({ topic: Path });

export const MAX_PUBLISH_CHARS = 64 * 1024;

export const ExplorerPublish = z.strictObject({
  broker: BrokerId.optional(),
  topic: Topic,
  payload: z.string().max(MAX_PUBLISH_CHARS),
  qos: Qos,
  retain: z.boolean(),
  /** A message by hand expires like a command. */
  age: ViewAge.nullable(),
});
export type ExplorerPublish = z.infer<typeof ExplorerPublish>;

export const ExplorerClear = z.strictObject({ broker: BrokerId.optional(), topic: Topic, age: ViewAge.nullable() });
export type ExplorerClear = z.infer<typeof ExplorerClear>;

/** What became of it. `unknown`: it may have happened. */
export interface ExplorerPublished {
  outcome: "acked" | "failed" | "unknown";
  reason?: Said;
  /** Nobody is subscribed to the topic, as far as the broker says. */
  unheard?: true;
}

/** A line of the tree. */
export interface ExplorerRow {
  path: string;
  level: string;
  /** 1 at the top. */
  depth: number;
  /** Absent: nothing lies below. */
  open?: boolean;
  /** Index of the parent's row in the whole list; -1 at the top. */
  parent: number;
  /** Its place among its siblings, from 1. */
  pos: number;
  size: number;
  /** Topics, messages and messages a second, here and below. */
  topics: number;
  messages: number;
  rate: number;
  /** Absent: a branch without a message of its own. */
  own?: { text: string; bytes: number; at: number; retained: boolean };
}

/** What changes about a row while its place stays: [index in the window, topics, messages, rate, own]. */
export type ExplorerChange = [number, number, number, number, ExplorerRow["own"] | null];

/** At most four a second, and one after each look. Either the rows of the window, or what changed of those sent before. */
export interface ExplorerRows {
  /** Rows in the whole list. */
  total: number;
  from: number;
  rows?: ExplorerRow[];
  changes?: ExplorerChange[];
  totals: ExplorerTotals;
}

export interface ExplorerTotals {
  topics: number;
  messages: number;
  rate: number;
  /** Topics forgotten because there are too many, topics that cannot be shown, messages not looked at because too many came. */
  forgotten: number;
  refused: number;
  skipped: number;
}

export type ExplorerStatus =
  | { state: "connecting" }
  /** `refused`: filters that the broker does not let us see. */
  | { state: "listening"; refused: { filter: string; reason: Said }[] }
  | { state: "lost"; reason: Said };

export interface ExplorerMessage {
  /** Counts the topic's messages since it was selected; 0 was there before. */
  id: number;
  at: number;
  retained: boolean;
  /** Of the whole payload; `payload` may hold only its beginning, base64. */
  bytes: number;
  payload: string;
}

export interface ExplorerMessages {
  topic: string;
  /** Oldest first. */
  messages: ExplorerMessage[];
  /** Came between these, and were not sent. */
  missed: number;
}

export interface ExplorerSibling {
  topic: string;
  /** The first bytes of its newest payload, base64. */
  head: string;
  bytes: number;
}
