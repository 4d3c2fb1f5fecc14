import { t } from "@/lib/texts/t";
import { optionsOf, word } from "../shared/options";

export interface ButtonOptions {
  /** The button's text: a verb. */
  label: string;
}
export const buttonOptions = optionsOf<ButtonOptions>({ label: word(() => t("tiles.press")) });
