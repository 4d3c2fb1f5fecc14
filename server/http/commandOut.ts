import type { Command, CommandOut } from "../../lib/command";
import { inWords } from "../../lib/texts/said";

/** A command as a program reads it: its reason in words, since a program reads no catalogue. */
export const commandOut = (command: Command): CommandOut =>
  "reason" in command ? { ...command, reason: inWords(command.reason) } : command;
