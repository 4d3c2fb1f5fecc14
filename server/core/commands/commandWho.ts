import type { Access } from "../../../lib/access";
import type { Session } from "../../ports";

/** Who asks for a command, and from where. */
export interface Who {
  session: Session;
  address: string | null;
}

export const nameOf = (access: Access): string => (access.user === "anonymous" ? "anonymous" : access.user.name);
export const idOf = (access: Access): string => (access.user === "anonymous" ? "" : access.user.id);
