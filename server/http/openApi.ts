import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { type Needs, ROLE_OF } from "../../lib/access";
import { Problem } from "../../lib/api";
import type { AnyContract } from "../../lib/api/route";

const ProblemOut = Problem.meta({ id: "Problem" });
const LINK = 'Absent on the last page, else `<address of the next page>; rel="next"` (RFC 8288)';

/** What the documentation says of who may call: by role, since rights by topic are not given to anybody yet. */
const LEVEL: Record<Needs, string> = { anyone: "anyone", account: "signed-in", ...ROLE_OF };

/** A contract as OpenAPI describes it. */
export function openApiRoute({ method, path, needs, summary, query, body, answer, ...contract }: AnyContract) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
  const streamed = Object.fromEntries((contract.produces ?? []).map((type) => [type, { schema: z.string() }]));
  const status = contract.produces ? 200 : answer ? (contract.status ?? 200) : 204;
  const paged = query instanceof z.ZodObject && "cursor" in query.shape;
  return createRoute({
    method: method.toLowerCase() as Lowercase<AnyContract["method"]>,
    path: `/api/v1${path}`,
    summary,
    tags: [path.split("/")[1] ?? ""],
    "x-level": LEVEL[needs],
    request: {
      ...(names.length > 0 && { params: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) }),
      ...(query instanceof z.ZodObject && { query }),
      ...(contract.consumes && { body: { required: true, content: { [contract.consumes]: { schema: z.string() } } } }),
      ...(body && { body: { required: true, content: { "application/json": { schema: body } } } }),
    },
    responses: {
      [status]: {
        description: "Done",
        ...(contract.produces && { content: streamed }),
        ...(paged && { headers: z.object({ Link: z.string().optional().describe(LINK) }) }),
        ...(answer && { content: { "application/json": { schema: answer } } }),
      },
      default: {
        description: "What went wrong",
        content: { "application/problem+json": { schema: ProblemOut } },
      },
    },
  });
}
