/**
 * The wire between page and server, whole: Socket.IO events with their payloads. Numbered rules: lib/SPEC.md (FR, CM, AC).
 * A page of another version is told to reload; nothing is guessed. Pages import types only: what they need at run time is in
 * lib/protocolLimits.ts.
 */
export * from "../protocolLimits";
export { type ClientEvents, clientEvents } from "./clientEvents";
export type { AnswerOf, Contracts, EventsOf, RequestOf } from "./contract";
export type { ServerEvents } from "./serverEvents";
export * from "./shapes";
