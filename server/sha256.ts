import { createHash } from "node:crypto";

/** Of one length, whatever the text. */
export const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64url");
