import type { AlarmCounts } from "../api/alarms";
import type { BrokerState } from "../broker";
import type { ExplorerMessages, ExplorerRows, ExplorerStatus } from "../explorer/wire";
import type { Said } from "../texts/said";
import type { CloseReason, Frame, PreviewMessage } from "./shapes";

/** From the server to pages, unasked. */
export interface ServerEvents {
  frame: (frame: Frame) => void;
  /** Every 5 s, frames or not: the room's revision, so that a lost last frame is noticed. An explorer's has an empty room. */
  heartbeat: (beat: { room: string; epoch: string; rev: number; now: number }) => void;
  /** A broker's connection changed; all brokers. */
  brokers: (brokers: BrokerState[]) => void;
  /** How many alarms ask for a person, of those that this one may see. Told whenever an alarm or a rule changed. */
  alarms: (counts: AlarmCounts) => void;
  /** The view's set of points changed (a registration, a new topic under a wildcard): watch again. */
  "view:changed": (change: { room: string }) => void;
  /** Dashboards were created, renamed or removed: navigation is out of date. */
  "catalog:changed": () => void;
  "preview:messages": (batch: { filter: string; messages: PreviewMessage[]; dropped: number; error?: Said }) => void;
  "explorer:rows": (rows: ExplorerRows) => void;
  "explorer:status": (status: ExplorerStatus) => void;
  "explorer:messages": (messages: ExplorerMessages) => void;
  /** Sent before the server disconnects on purpose. */
  goodbye: (why: { code: CloseReason; message: Said }) => void;
}
