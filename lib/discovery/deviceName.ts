/** An address for a name: eight or more hexadecimal digits with nothing else to read, "0x00158d0001a2b3c4", "AA:BB:CC:DD:EE:FF". */
const ADDRESS = /^(?:0x)?[0-9a-f]{2}(?:[:-]?[0-9a-f]{2}){3,}$/i;

/** So many of its last digits tell it from others of its model. */
const SUFFIX = 4;

/** What people call a device that announces itself by its address: its model, else its maker, and the last digits of the address. */
export function deviceName({ name, maker, model }: { name: string; maker?: string; model?: string }): string {
  const kind = [model, maker].find((one) => one !== undefined && one.trim() !== "" && !ADDRESS.test(one.trim()));
  if (kind === undefined || !ADDRESS.test(name.trim()) || !/\d/.test(name)) return name;
  return `${kind.trim()} ${name
    .replace(/[^0-9a-f]/gi, "")
    .slice(-SUFFIX)
    .toUpperCase()}`;
}
