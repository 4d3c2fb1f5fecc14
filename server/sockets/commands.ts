import type { CommandService } from "../ports";
import type { HandlersNamed } from "./dispatch";
import { refused } from "./replies";
import type { Seat } from "./seat";

const whoOf = ({ session, address }: Seat) => ({ session, address });

/** The command service decides, and looks the rights up again; a refusal is an answer like another. */
export const createCommands = (commands: CommandService): HandlersNamed<"command"> => ({
  "command:send": async (seat, { age, ...request }) => ({
    ok: true,
    value: await commands.send({ ...request, expiry: { by: "page", age } }, whoOf(seat)),
  }),
  "command:fate": async (seat, gesture) => ({
    ok: true,
    value: await commands.fate(gesture, whoOf(seat)),
  }),
  "command:dismiss": async (seat, request) => {
    const dismissed = await commands.dismiss(request, whoOf(seat));
    return dismissed.ok ? dismissed : refused(dismissed.error.code, dismissed.error.message);
  },
});
