import { renderToString } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { ConnectionBar } from "./ConnectionBar";

vi.mock("@/components/live/hooks", () => ({
  useConnection: () => ({ state: "refused", code: "not-found", message: { code: "reply.noDashboard" } }),
}));

test("MS-31: why the server will not have this page is read in words", () => {
  expect(renderToString(<ConnectionBar />)).toContain("There is no such dashboard (any more).");
});
