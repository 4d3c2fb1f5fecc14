import type { z } from "zod";
import type { Needs } from "../access";
import type { PlainKey } from "../texts/t";
import type { Reply } from "./shapes";

/** Who may send an event. The handshake lets in whoever is signed in, and everybody where anonymous viewing is on. */
interface Rights {
  readonly needs: Needs;
  /**
   * The answer to whoever lacks what it needs; no handler runs for them. Without it the part behind the handler decides: the command
   * service audits its refusals, and what a person may not see is left out of an answer.
   */
  readonly refusal?: PlainKey;
}

/**
 * All about one event that a page sends: what it carries, what it is answered with, and who may send it. The types of both ends, the
 * parsing, the check of rights and the counting follow from it.
 */
export type Contract<Request extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType> = Rights & {
  readonly request: Request;
  /** Of the value of an `ok` reply. The server makes it by itself, so it is typed and not parsed. */
  readonly answer: Answer;
};

export type Contracts = Readonly<Record<string, Contract>>;

export type RequestOf<C extends Contract> = z.infer<C["request"]>;
export type AnswerOf<C extends Contract> = z.infer<C["answer"]>;

/** An event without a payload has its ack alone. */
type Payload<Request> = [Request] extends [undefined] ? [] : [request: Request];

/** As Socket.IO and its clients type events. */
export type EventsOf<Table extends Contracts> = {
  [E in keyof Table]: (
    ...args: [...Payload<RequestOf<Table[E]>>, ack: (reply: Reply<AnswerOf<Table[E]>>) => void]
  ) => void;
};
