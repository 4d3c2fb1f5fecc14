const FLOOR = [20, 9];

/** Ends the process with one plain line when this Node is too old to go on. */
export function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > FLOOR[0] || (major === FLOOR[0] && minor >= FLOOR[1])) return;
  console.error(`Telltale needs Node ${FLOOR.join(".")} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}
