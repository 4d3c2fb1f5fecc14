import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * What a command carries on MQTT 5 beside its id, where several nodes use one broker: whoever has the same secret can tell that one of them
 * published exactly this, and nobody else can make it. It gives nothing of the secret away.
 */
export interface CommandMark {
  of(command: string, topic: string, payload: Uint8Array): string;
  isRight(mark: string, command: string, topic: string, payload: Uint8Array): boolean;
}

/** 128 bits: it has to be believed for as long as a broker retains a message. */
const LENGTH = 22;

export function createCommandMark(key: string): CommandMark {
  function of(command: string, topic: string, payload: Uint8Array): string {
    const hmac = createHmac("sha256", key);
    for (const part of [command, topic]) hmac.update(`${Buffer.byteLength(part)} `).update(part);
    return hmac.update(payload).digest("base64url").slice(0, LENGTH);
  }
  return {
    of,
    isRight(mark, ...message) {
      const [given, right] = [Buffer.from(mark), Buffer.from(of(...message))];
      return given.length === right.length && timingSafeEqual(given, right);
    },
  };
}
