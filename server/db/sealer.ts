import type { Result } from "../../lib/result";

/** What the stores need of the secret box (server/files/secretBox.ts): texts at rest that only this installation can read. */
export interface Sealer {
  seal(plain: string, context: string): string;
  open(sealed: string, context: string): Result<string>;
}
