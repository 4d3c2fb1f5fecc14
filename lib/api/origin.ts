import { z } from "zod";
import { Origin } from "../configOrigin";

/** `version` is the ETag of the one thing: PUT and DELETE with another If-Match answer 412 with the code `changed`. */
export const withOrigin = { origin: Origin, version: z.number().int().nonnegative() };
