import type { Template } from "../copy";

export const route: Template = {
  files: {
    "lib/api/lamps.ts": `
import { z } from "zod";
import { route } from "./route";

export const Lamp = z.object({ id: z.string(), name: z.string() }).meta({ id: "Lamp" });

export const lampContracts = {
  rename: route({
    method: "PUT",
    path: "/lamps/{id}/name",
    needs: "operate",
    of: ({ params }) => [params.id],
    summary: "Give a lamp another name",
    body: z.strictObject({ name: z.string().min(1, "a lamp needs a name") }),
    answer: Lamp,
  }),
};
`,
    "server/http/routes/lamps.ts": `
import { lampContracts } from "../../../lib/api/lamps";
import { ok } from "../../../lib/result";
import { implement, type Mount } from "../implement";

export const lampRoutes = (): Mount[] =>
  implement(lampContracts, {
    async rename({ params, body, audit }) {
      await audit("lamp.rename", params.id, body);
      return ok({ id: params.id, name: body.name });
    },
  });
`,
  },
  lines: [
    {
      file: "lib/api/contracts.ts",
      behind: 'import { historyContracts } from "./history";',
      add: 'import { lampContracts } from "./lamps";',
    },
    { file: "lib/api/contracts.ts", behind: "  audit: auditContracts,", add: "  lamps: lampContracts," },
    {
      file: "server/http/apiRoutes.ts",
      behind: 'import { historyRoutes } from "./routes/history";',
      add: 'import { lampRoutes } from "./routes/lamps";',
    },
    { file: "server/http/apiRoutes.ts", behind: "  audit: auditRoutes,", add: "  lamps: lampRoutes," },
  ],
};
