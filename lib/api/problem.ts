import { z } from "zod";
import { CommandOut } from "../command";

/** What every route answers when it cannot do what it was asked (RFC 9457). */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string().optional(),
  /** The fields at fault, as JSON pointers into the body, with the mend. */
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  /** For programs: a refused command's reason, or which fence was met. */
  code: z.string().optional(),
  /** With `changed`: what is there now, as GET answers it. */
  current: z.unknown().optional(),
  /** The refused command. */
  command: CommandOut.optional(),
  /** With 500: stands in the log beside the cause. */
  id: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;
