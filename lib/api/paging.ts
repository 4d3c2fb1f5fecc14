import { z } from "zod";

/** So many points are written as JSON within 25 ms; others wait meanwhile. */
const MOST = 2000;

/** What every list takes: how many, and where to go on. `cursor` is opaque: it comes from the Link of the page before (RFC 8288). */
export const PageQuery = {
  limit: z.coerce.number().int().min(1).max(MOST).default(1000),
  cursor: z.string().max(4000).optional(),
};
