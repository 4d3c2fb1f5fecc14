import type { Words } from "@/components/kit/figure";
import { maybeWord, optionsOf } from "./options";

/** A tile's own words for true and false; those of the point where it has none. */
export interface OnOffOptions {
  on: string | undefined;
  off: string | undefined;
}
export const onOffOptions = optionsOf<OnOffOptions>({ on: maybeWord, off: maybeWord });

/** Undefined: as the point has it. */
export const onOffWords = ({ on, off }: OnOffOptions): Words | undefined =>
  on === undefined && off === undefined ? undefined : { on: on ?? "On", off: off ?? "Off" };
