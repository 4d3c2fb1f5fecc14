import type { Command } from "../../lib/command";
import { inWords, type Said, type SaidArg } from "../../lib/texts/said";
import shownBy from "../../lib/texts/shownBy.json";
import type { Wording } from "../../lib/texts/t";

/**
 * For a reply, which has one reader: a text whose namespace most pages do not hold becomes words here, also where it stands within
 * another. A frame is for readers of all languages, so what goes into frames is of namespaces that every page holds.
 */
export function pageWords<S extends Said | SaidArg>(said: S): S | Wording {
  if (typeof said !== "object") return said;
  if (Object.hasOwn(shownBy, said.code.slice(0, said.code.indexOf(".")))) return inWords(said);
  if (!said.args) return said;
  const args = Object.entries(said.args).map(([name, given]) => [name, pageWords(given)] as const);
  return { ...said, args: Object.fromEntries(args) };
}

export const commandForPage = (command: Command): Command =>
  "reason" in command ? { ...command, reason: pageWords(command.reason) } : command;
