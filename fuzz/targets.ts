import { decoderTargets } from "./decoders";
import { discoveryTargets } from "./discovery";
import { explorerTargets } from "./explorer";
import { expressionTargets } from "./expressions";
import { fileTargets } from "./files";
import { routeTargets } from "./routes";
import { schemasTargets } from "./schemas";
import { erased, type Target } from "./target";
import { templateTargets } from "./templates";

/** Everything that reads what strangers or admins send, by its family. */
export const FAMILIES: Readonly<Record<string, () => Target<never>[] | Promise<Target<never>[]>>> = {
  decoders: () => erased(decoderTargets()),
  explorer: () => explorerTargets(),
  expressions: () => erased(expressionTargets()),
  schemas: schemasTargets,
  routes: routeTargets,
  files: () => erased(fileTargets()),
  templates: () => erased(templateTargets()),
  discovery: async () => erased(await discoveryTargets()),
};
