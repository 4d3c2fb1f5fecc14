/** What lib/api's Password asks for, as sentences for fields; kept apart so that these pages load no schema library. */
export const MIN_PASSWORD = 8;
export const MAX_PASSWORD = 128;

export const newPasswordError = (password: string): string | undefined => {
  if (password.length < MIN_PASSWORD) return `Use at least ${MIN_PASSWORD} characters; a few words in a row are best.`;
  if (password.length > MAX_PASSWORD) return `Use at most ${MAX_PASSWORD} characters.`;
  return undefined;
};

export const repeatError = (password: string, repeat: string): string | undefined =>
  password === repeat ? undefined : "The two passwords differ: type the same one twice.";
