import { nodeContracts } from "../../../lib/api";
import { err, ok } from "../../../lib/result";
import { say } from "../../../lib/texts/said";
import { implement, type Mount } from "../implement";
import type { HttpParts } from "../parts";
import { notFound } from "../problem";

export const nodeRoutes = ({ cluster }: HttpParts): Mount[] =>
  implement(nodeContracts, {
    list: async () => (cluster ? ok(await cluster.nodes()) : err(notFound(say("problem.nodes")))),
  });
