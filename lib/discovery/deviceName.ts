/** A name that is only an address: eight or more hexadecimal digits, "0x00158d0001a2b3c4", "AA:BB:CC:DD:EE:FF". */
const ADDRESS = /^(?:0x)?[0-9a-f]{2}(?:[:-]?[0-9a-f]{2}){3,}$/i;

/** The number of last digits that distinguish devices of the same model. */
const SUFFIX = 4;

/** A readable name for a device whose name is an address: its model, else its maker, and the last digits of the address. */
export function deviceName({ name, maker, model }: { name: string; maker?: string; model?: string }): string {
  const kind = [model, maker].find((one) => one !== undefined && one.trim() !== "" && !ADDRESS.test(one.trim()));
  if (kind === undefined || !ADDRESS.test(name.trim()) || !/\d/.test(name)) return name;
  return `${kind.trim()} ${name
    .replace(/[^0-9a-f]/gi, "")
    .slice(-SUFFIX)
    .toUpperCase()}`;
}
