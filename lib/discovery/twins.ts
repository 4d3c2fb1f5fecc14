import type { AnnouncedDevice } from "./announced";

interface Group {
  /** The smallest key of its devices. */
  key: string;
  model: string | undefined;
  into?: Group;
}

/**
 * Which devices of one convention are the same: those that share an identifier, also by way of a third one. Devices of different models
 * only share one by mistake. The result does not depend on the order of the announcements.
 */
export function twinsOf(devices: readonly AnnouncedDevice[]): (device: AnnouncedDevice) => string | undefined {
  const several = devices.filter(({ identities }) => identities !== undefined);
  const byName = new Map<string, Group>();
  const groups = new Map<AnnouncedDevice, Group>();
  for (const device of [...several].sort((a, b) => (a.key < b.key ? -1 : 1))) {
    const names = device.identities?.split("\n") ?? [];
    const own: Group = { key: device.key, model: device.model };
    groups.set(device, own);
    for (const name of names) {
      const there = byName.get(name);
      if (there) unite(rootOf(there), rootOf(own));
      else byName.set(name, own);
    }
  }
  return (device) => {
    const group = groups.get(device);
    return group && rootOf(group).key;
  };
}

function rootOf(group: Group): Group {
  let root = group;
  while (root.into) root = root.into;
  // Shortened, so that a chain of many is walked once.
  for (let at = group; at.into; ) {
    const next = at.into;
    if (next !== root) at.into = root;
    at = next;
  }
  return root;
}

function unite(a: Group, b: Group): void {
  if (a === b || (a.model !== undefined && b.model !== undefined && a.model !== b.model)) return;
  const [root, other] = a.key < b.key ? [a, b] : [b, a];
  root.model ??= other.model;
  other.into = root;
}
