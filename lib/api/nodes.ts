import { z } from "zod";
import { BrokerId } from "../ids";
import { route } from "./route";

/** One process of several over one database. Times in epoch ms, by the database's clock. */
export const NodeOut = z.object({
  /** TELLTALE_NODE, or the host's name. */
  id: z.string(),
  version: z.string(),
  startedAt: z.number(),
  lastSeenAt: z.number(),
  /** The brokers whose messages it stores, and on which it acts without a person. */
  recorderOf: z.array(BrokerId),
  /** The brokers whose recorder it replaces without a loss. */
  standbyOf: z.array(BrokerId),
  /** The node that answers. */
  self: z.literal(true).optional(),
  /** Its telltale.yaml is not the one that is applied. */
  otherConfigFile: z.literal(true).optional(),
});
export type NodeOut = z.infer<typeof NodeOut>;

/** Who runs Telltale together. */
export const nodeContracts = {
  list: route({
    method: "GET",
    path: "/nodes",
    needs: "admin",
    summary: "The nodes that run over this database; with SQLite there is none to list",
    answer: z.array(NodeOut),
  }),
};
