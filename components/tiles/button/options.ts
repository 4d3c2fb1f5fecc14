import { t } from "@/lib/texts/t";
import { optionsOf, word } from "../shared/options";

export interface ButtonOptions {
  /** What stands on the button: a verb. */
  label: string;
}
export const buttonOptions = optionsOf<ButtonOptions>({ label: word(() => t("tiles.press")) });
