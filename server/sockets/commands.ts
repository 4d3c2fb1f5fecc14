import type { CommandService } from "../ports";
import type { ConnectedPage } from "./connectedPage";
import type { HandlersNamed } from "./dispatch";
import { commandForPage } from "./pageWords";
import { refused } from "./replies";

const whoOf = ({ session, address }: ConnectedPage) => ({ session, address });

/** The command service decides, and looks the rights up again; a refusal is an answer like another. */
export const createCommands = (commands: CommandService): HandlersNamed<"command"> => ({
  "command:send": async (page, { age, ...request }) => ({
    ok: true,
    value: commandForPage(await commands.send({ ...request, expiry: { by: "page", age } }, whoOf(page))),
  }),
  "command:fate": async (page, gesture) => ({
    ok: true,
    value: commandForPage(await commands.fate(gesture, whoOf(page))),
  }),
  "command:dismiss": async (page, request) => {
    const dismissed = await commands.dismiss(request, whoOf(page));
    return dismissed.ok ? dismissed : refused(dismissed.error.code, dismissed.error.message);
  },
});
