import { type SaidText, say } from "./texts/said";

const LOOKS_LIKE = say("schema.urlLooksLike");

/** The characters that end or divide an address: in a user name or a password they have to be written as percent codes. */
const CODES: Readonly<Record<string, string>> = { "#": "%23", "/": "%2F", "?": "%3F", "@": "%40", "\\": "%5C" };

/**
 * Why this is no broker's address, as the end of a sentence; undefined: it is one. Looks at the text before a URL parser does: to
 * a parser `mqtt://user:12#34@host` is the host `user`, port 12, and the rest of the password is a fragment, which would then be
 * dialled, shown and logged. The fault never repeats any of the text.
 */
export function brokerUrlFault(text: string): SaidText | undefined {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#\\]*)(.*)$/is.exec(text);
  if (!parts) return /^[a-z][a-z0-9+.-]*:/i.test(text) && URL.canParse(text) ? schemeFault(text) : LOOKS_LIKE;
  const [, , authority = "", rest = ""] = parts;
  const misplaced = authority.split("@").length > 2 ? "@" : rest.includes("@") ? rest[0] : undefined;
  if (misplaced !== undefined)
    return say("schema.urlMisplaced", {
      sign: misplaced,
      code: CODES[misplaced] ?? "",
      others: codesBut(misplaced),
    });
  if ((authority.split("@").at(-1) ?? "").includes(",")) return say("schema.urlSeveral");
  if (!URL.canParse(text)) return LOOKS_LIKE;
  const scheme = schemeFault(text);
  if (scheme !== undefined) return scheme;
  if (new URL(text).hostname === "") return say("schema.urlHost");
  if (rest.includes("#")) return say("schema.urlHash");
  const plain = /^mqtts?:/i.test(text);
  if (plain && rest.replace(/^\//, "") !== "") return say("schema.urlPath");
  return undefined;
}

const schemeFault = (text: string): SaidText | undefined =>
  ["mqtt:", "mqtts:", "ws:", "wss:"].includes(new URL(text).protocol) ? undefined : say("schema.urlScheme");

const codesBut = (char: string): string =>
  Object.entries(CODES)
    .filter(([other]) => other !== char && other !== "\\")
    .map(([other, code]) => `${other} as ${code}`)
    .join(", ");
