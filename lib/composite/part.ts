import { z } from "zod";
import { nameText } from "../name";
import { COMPOSITE_KINDS } from "./roles";

/**
 * Says that a point is a part of something bigger, as a registration carries it. Points of one broker with the same `of` are one
 * thing; under a wildcard, each device that it stands for is a thing of its own.
 */
export const Part = z.strictObject({
  of: z.string().min(1).max(200).describe("Any word. All parts of one device use the same."),
  kind: z.enum(COMPOSITE_KINDS),
  role: z
    .string()
    .min(1)
    .max(64)
    .describe("One that the tile of the kind does not know is kept and changes nothing: the point is shown by itself."),
  name: nameText(200, 1).optional().describe("Group name. May hold {1}. Absent: as the main point is called."),
});
export type Part = z.infer<typeof Part>;
