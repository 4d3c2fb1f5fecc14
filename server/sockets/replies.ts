import type { ErrorCode, Reply } from "../../lib/protocol";

export const refused = (code: ErrorCode, message: string, field?: string): Reply<never> =>
  field === undefined ? { ok: false, code, message } : { ok: false, code, message, field };
