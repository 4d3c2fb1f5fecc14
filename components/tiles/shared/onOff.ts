import type { Words } from "@/components/kit/figure";
import { t } from "@/lib/texts/t";
import { maybeWord, optionsOf } from "./options";

/** The default words for true and false. */
export const onOff = (): Words & { on: string; off: string } => ({ on: t("tiles.on"), off: t("tiles.off") });

/** A tile's own words for true and false; those of the point where it has none. */
export interface OnOffOptions {
  on: string | undefined;
  off: string | undefined;
}
export const onOffOptions = optionsOf<OnOffOptions>({ on: maybeWord, off: maybeWord });

/** Undefined: the point's own words. */
export const onOffWords = ({ on, off }: OnOffOptions): Words | undefined =>
  on === undefined && off === undefined ? undefined : { on: on ?? onOff().on, off: off ?? onOff().off };
