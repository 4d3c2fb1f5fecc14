import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { withPageHeaders } from "./pages";

test("AC-75: a page may connect to its own origin only, and is kept apart from other pages", async () => {
  const show = withPageHeaders(async (_req, res) => void res.end("a page"), { dev: false });
  const server = createServer((req, res) => void show(req, res));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const { headers } = await fetch(`http://127.0.0.1:${port}/`);
  server.close();
  const connect = headers
    .get("content-security-policy")
    ?.split("; ")
    .find((one) => one.startsWith("connect-src"));
  expect(connect).toBe("connect-src 'self'");
  expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
  expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
});
