import type { Command, CommandRequest } from "../../lib/command";
import type { Reply } from "../../lib/protocol";
import type { CommandDesk } from "../ports";
import type { Seat } from "./seat";

/** The desk decides, and looks the rights up anew; a refusal is an answer like another. */
export const createCommands =
  (desk: CommandDesk) =>
  async (seat: Seat, request: CommandRequest): Promise<Reply<Command>> => ({
    ok: true,
    value: await desk.send(request, { session: seat.session, address: seat.address }),
  });
