import type { Access } from "../../lib/access";
import type { EverythingList } from "../../lib/everything";
import type { EverythingRequest } from "../../lib/protocol";

/** The page of everything: which tiles it has for a reader, in order. */
export interface Everything {
  /** `sections` is left out where the reader knows this version. */
  list(access: Access, request: EverythingRequest): Promise<EverythingList>;
}
