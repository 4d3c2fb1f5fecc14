import { expect, test } from "vitest";
import type { Command } from "../../lib/command";
import { asWording, type Said, say } from "../../lib/texts/said";
import type { CommandService } from "../ports";
import { createCommands } from "./commands";
import type { ConnectedPage } from "./connectedPage";

const refusedFor = (reason: Said) => {
  const command = { state: "refused", code: "bad-value", reason } as Command;
  const service = { send: async () => command, fate: async () => command } as unknown as CommandService;
  const handlers = createCommands(service);
  const page = {} as ConnectedPage;
  return Promise.all([handlers["command:send"](page, {} as never), handlers["command:fate"](page, {} as never)]);
};

test("MS-52: in the reply to a command, a reason that pages have no text for is in words within the text that they have", async () => {
  const reason = say("commands.templateFailed", { error: say("template.divisionByZero") });
  const reply = { value: { reason: say("commands.templateFailed", { error: "division by zero" }) } };
  expect(await refusedFor(reason)).toMatchObject([reply, reply]);
});

test("MS-52: a reason that every page has the text for stays a key with arguments, and words stay words", async () => {
  const busy = say("commands.busyOther", { by: "Ana" });
  expect(await refusedFor(busy)).toMatchObject([{ value: { reason: busy } }, { value: { reason: busy } }]);
  expect(await refusedFor(asWording("as it was"))).toMatchObject([{ value: { reason: "as it was" } }, { value: {} }]);
});
