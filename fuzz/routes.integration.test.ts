import { expect, test } from "vitest";
import { startApiServer } from "../server/testing/apiServer";
import { faultOf } from "./growth";
import { routeTargets } from "./routes";
import type { Target } from "./target";

test("HB-27: every query and body that the API describes is a target", async () => {
  const server = await startApiServer();
  const { json } = await server.ask("/api/v1/openapi.json");
  await server.stop();
  interface Operation {
    parameters?: { in: string }[];
    requestBody?: { content: Record<string, unknown> };
  }
  const wanted = Object.entries<Record<string, Operation>>(json.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { parameters = [], requestBody }]) => {
      const route = `${method} ${path.replace("/api/v1", "")}`;
      return [
        ...(parameters.some((one) => one.in === "query") ? [`query of ${route}`] : []),
        ...(requestBody?.content["application/json"] ? [`body of ${route}`] : []),
      ];
    }),
  );
  expect(wanted.length).toBeGreaterThan(20);
  expect(new Set(routeTargets().map(({ name }) => name))).toEqual(new Set(wanted));
});

test("HB-27: a route whose schema takes time that grows worse than linearly is found", () => {
  const [target] = routeTargets().filter(({ name }) => name.startsWith("body of ")) as unknown as Target<string>[];
  if (!target) throw new Error("no route takes a body");
  const slow: Target<string> = {
    ...target,
    limit: 40_000,
    read(text) {
      let steps = 0;
      for (let i = 0; i < text.length; i++) for (let j = 0; j < text.length / 4; j++) steps += i ^ j;
      return steps;
    },
  };
  expect(faultOf(slow, { name: "letters", make: (size) => "a".repeat(size) })).toBeDefined();
});
