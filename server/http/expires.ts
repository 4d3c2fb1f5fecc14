import { err, ok, type Result } from "../../lib/result";
import { say } from "../../lib/texts/said";
import type { ProgramExpiry } from "../ports";
import type { Fault } from "./problem";

/** Until when a program wants what it asks for, by the header `Telltale-Expires`. Without the header it takes what comes. */
export function expiresOf(headers: Headers): Result<ProgramExpiry, Fault> {
  const header = headers.get("telltale-expires");
  if (header === null) return ok({ by: "never" });
  const at = Number(header);
  if (/^\d{1,16}$/.test(header.trim())) return ok({ by: "time", at });
  return err({ status: 400, detail: say("problem.badExpires", { header }) });
}
