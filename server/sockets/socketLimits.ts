import { type Said, say } from "../../lib/texts/said";
import type { ConnectedPage } from "./connectedPage";

/** Tabs, phones and wall tablets of one sign-in. */
export const MOST_PER_SESSION = 50;
/** A house or a hall behind one router, or behind a proxy that is not configured as one. */
export const MOST_PER_ADDRESS = 500;

/** Why one page more is one too many, for people; undefined: it is not. `pages` are those that are open already. */
export function tooManyPages(
  pages: Iterable<ConnectedPage>,
  { session, address }: Pick<ConnectedPage, "session" | "address">,
): Said | undefined {
  let ofSession = 0;
  let ofAddress = 0;
  for (const page of pages) {
    if (session.token !== undefined && page.session.token === session.token) ofSession++;
    if (address !== null && page.address === address) ofAddress++;
  }
  if (ofSession >= MOST_PER_SESSION) return say("reply.pagesOfSession", { most: MOST_PER_SESSION });
  if (ofAddress >= MOST_PER_ADDRESS) return say("reply.pagesOfAddress", { most: MOST_PER_ADDRESS });
  return undefined;
}
