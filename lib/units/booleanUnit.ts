/** Some programs say under "unit" what 1 and 0 mean (mpp-solar: "True - 1/False - 0"): the value is on or off, and has no unit. */
export const isBooleanUnit = (unit: string): boolean =>
  /^true\s*[-=:]\s*1\s*[/,;]\s*false\s*[-=:]\s*0$/i.test(unit.trim());
