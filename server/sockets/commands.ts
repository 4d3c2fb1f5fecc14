import type { Command, CommandDismiss, CommandFate, CommandRequest } from "../../lib/command";
import type { Reply } from "../../lib/protocol";
import type { CommandService } from "../ports";
import { refused } from "./replies";
import type { Seat } from "./seat";

const whoOf = ({ session, address }: Seat) => ({ session, address });

/** The command service decides, and looks the rights up again; a refusal is an answer like another. */
export const createCommands = (commands: CommandService) => ({
  "command:send": async (seat: Seat, { age, ...request }: CommandRequest): Promise<Reply<Command>> => ({
    ok: true,
    value: await commands.send({ ...request, expiry: { by: "page", age } }, whoOf(seat)),
  }),
  "command:fate": async (seat: Seat, gesture: CommandFate): Promise<Reply<Command>> => ({
    ok: true,
    value: await commands.fate(gesture, whoOf(seat)),
  }),
  "command:dismiss": async (seat: Seat, request: CommandDismiss): Promise<Reply<Command>> => {
    const dismissed = await commands.dismiss(request, whoOf(seat));
    return dismissed.ok ? dismissed : refused(dismissed.error.code, dismissed.error.message);
  },
});
