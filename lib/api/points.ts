import { z } from "zod";
import { CommandOut } from "../command";
import { RegistrationId } from "../ids";
import { PointCommandOut, PointInfo } from "../point";
import { PointStatusOut, Value } from "../reading";
import { PageQuery } from "./paging";
import { route } from "./route";

export const PointOut = PointInfo.extend({
  command: PointCommandOut.optional(),
  value: Value,
  /** Epoch ms; null when never seen. */
  at: z.number().nullable(),
  status: PointStatusOut,
  command_state: CommandOut.nullable(),
}).meta({ id: "Point" });
export type PointOut = z.infer<typeof PointOut>;

/** The newest message on a point's topic since the start, as it came. */
export const MessageOut = z.object({
  topic: z.string(),
  /** Epoch ms, by the server's clock. */
  at: z.number(),
  retained: z.boolean(),
  /** Bytes of the whole payload. */
  size: z.number(),
  /** Its beginning as base64, shorter than `size` where it was cut; null: there was no room to keep it. */
  payload: z.string().nullable(),
});
export type MessageOut = z.infer<typeof MessageOut>;

/** Points with their present reading, as far as the caller's rights reach. Slashes in an id: as they are, or %2F. */
export const pointContracts = {
  list: route({
    method: "GET",
    path: "/points",
    needs: "see",
    summary: "All points that you may see, with their present reading, in pages",
    query: z.object({ registration: RegistrationId.optional(), ...PageQuery }),
    answer: z.array(PointOut),
  }),
  get: route({
    method: "GET",
    path: "/points/{id}",
    needs: "see",
    of: ({ params }) => [params.id],
    summary: "One point. Slashes in its id may be written as they are or as %2F",
    answer: PointOut,
  }),
  message: route({
    method: "GET",
    path: "/points/{id}/message",
    needs: "see",
    of: ({ params }) => [params.id],
    summary: "The newest message on the point's topic as received; null: none since the start",
    answer: MessageOut.nullable(),
  }),
  image: route({
    method: "GET",
    path: "/points/{id}/image",
    needs: "see",
    of: ({ params }) => [params.id],
    summary: "The newest picture of a point that holds pictures; `hash` as in its value lets a browser keep it",
    query: z.object({ hash: z.string().max(64).optional() }),
    produces: ["image/jpeg", "image/png"],
  }),
};
