import { t } from "@/lib/texts/t";

/** The limits of lib/api's Password, repeated here so that these pages load no schema library. */
const MIN_PASSWORD = 8;
const MAX_PASSWORD = 128;

export const newPasswordError = (password: string): string | undefined => {
  if (password.length < MIN_PASSWORD) return t("kit.passwordShort", { least: MIN_PASSWORD });
  if (password.length > MAX_PASSWORD) return t("kit.passwordLong", { most: MAX_PASSWORD });
  return undefined;
};

export const repeatError = (password: string, repeat: string): string | undefined =>
  password === repeat ? undefined : t("kit.passwordsDiffer");
