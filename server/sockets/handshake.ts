import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { z } from "zod";
import { originFault } from "../../lib/origin";
import { PROTOCOL_VERSION } from "../../lib/protocol";
import { inWords, type Said, say } from "../../lib/texts/said";
import type { Log, People } from "../ports";
import type { TelltaleSocket } from "./connectedPage";

/**
 * Who may connect. The Origin is judged before anything else and for every transport, with a valid cookie too: a browser sends the
 * cookie along from any page. Rules AC-60 … AC-62.
 */
export function originFence(publicUrl: string | undefined, counters: { origin_refused: number }, log: Log) {
  return (req: IncomingMessage, decide: (message: string | null | undefined, success: boolean) => void): void => {
    const fault = originFault({
      kind: "handshake",
      origin: req.headers.origin,
      host: req.headers.host,
      publicUrl,
    });
    if (fault) {
      counters.origin_refused++;
      log.warn({ origin: req.headers.origin, host: req.headers.host, fault: fault.code }, "a socket was refused");
    }
    decide(fault && inWords(fault.message), fault === undefined);
  };
}

/** Socket.IO middleware: the session of the cookie, as the database says now. */
export function sessionGate(people: Pick<People, "session">, log: Log) {
  return async (socket: TelltaleSocket, next: (error?: Error) => void): Promise<void> => {
    try {
      const session = await people.session(headersOf(socket.request.headers));
      if (!session) return next(refusal("signed-out", say("reply.signInFirst")));
      socket.data.session = session;
      next();
    } catch (error) {
      log.error({ err: error }, "the session of a socket cannot be read");
      next(refusal("unavailable", say("reply.sessionNotChecked")));
    }
  };
}

const Auth = z.object({ protocol: z.literal(PROTOCOL_VERSION) });

/** A page of another version must reload: nothing is guessed. */
export const speaksOurVersion = (socket: TelltaleSocket): boolean => Auth.safeParse(socket.handshake.auth).success;

/** Socket.IO carries `data` to the client's connect_error. An Error has words: a page of an older version reads these. */
const refusal = (code: "signed-out" | "unavailable", message: Said): Error =>
  Object.assign(new Error(inWords(message)), { data: { code, message } });

function headersOf(incoming: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one);
  }
  return headers;
}
