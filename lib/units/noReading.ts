/**
 * What thermometers say when they have no reading: that none is connected (DS18B20: −127, −127.99), or the ends of what two bytes in
 * hundredths or tenths hold. No room is that warm or cold.
 */
export const NO_TEMPERATURE: readonly string[] = ["-127", "-127.99", "-327.68", "327.67", "-3276.8", "3276.7"];
export const noReadingIn = (unit: string | undefined): string[] | undefined =>
  unit === "°C" ? [...NO_TEMPERATURE] : undefined;
