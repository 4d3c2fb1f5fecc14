import { jsonSizeFault } from "../../lib/jsonSize";
import { err, ok, type Result } from "../../lib/result";
import { say } from "../../lib/texts/said";
import type { Fault } from "./problem";

export const MAX_BODY_BYTES = 1024 * 1024;

/** Reads the bytes of a JSON body, whole, once; what is too large is not read to its end. */
export async function readBody(request: Request): Promise<Result<Uint8Array, Fault>> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) return err({ status: 415, detail: say("problem.sendJson") });
  let bytes: Uint8Array | undefined;
  try {
    bytes = await readLimited(request);
  } catch {
    // The sender went away in the middle; nobody is there to be told more, and the log must not be theirs to fill.
    return err({ status: 400, detail: say("problem.bodyBrokeOff") });
  }
  return bytes ? ok(bytes) : err({ status: 413, detail: say("problem.bodyTooLarge", { most: MAX_BODY_BYTES }) });
}

/** Refuses what would take too long to be parsed and judged. */
export function parseBody(bytes: Uint8Array): Result<unknown, Fault> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // The decoder's only failure; its message adds nothing.
    return err({ status: 400, detail: say("problem.bodyNotUtf8") });
  }
  const fault = jsonSizeFault(text);
  if (fault !== undefined) return err({ status: 400, detail: say("problem.bodyIs", { fault }) });
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    const detail = say("problem.bodyNotJson", { error: (error as Error).message.slice(0, 200) });
    return err({ status: 400, detail });
  }
}

async function readLimited(request: Request): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > MAX_BODY_BYTES) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}
