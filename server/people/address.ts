import { BlockList, isIP } from "node:net";

/** Who is at the other end: the socket's peer, or what a configured proxy says of it. */
export type ClientAddress = (peer: string | undefined, forwardedFor: string | string[] | undefined) => string;

/**
 * X-Forwarded-For is anyone's to write, so it counts only as far as configured proxies wrote it: read from the right, the first
 * address that is not a proxy of ours is the client.
 * @param trustedProxies addresses or networks, as `127.0.0.1`, `10.0.0.0/8`, `::1`. Throws on what is neither.
 */
export function createClientAddress(trustedProxies: readonly string[]): ClientAddress {
  const trusted = new BlockList();
  for (const entry of trustedProxies) addTrusted(trusted, entry);
  const isTrusted = (address: string) => isIP(address) !== 0 && trusted.check(address, family(address));

  return (peer, forwardedFor) => {
    let client = plain(peer ?? "");
    const chain = [forwardedFor ?? []].flat().join(",").split(",").map(plain);
    while (isTrusted(client)) {
      const before = chain.pop();
      if (before === undefined || isIP(before) === 0) break;
      client = before;
    }
    return client === "" ? "unknown" : client;
  };
}

function addTrusted(list: BlockList, entry: string): void {
  const [address = "", bits] = entry.trim().split("/");
  const width = isIP(address) === 4 ? 32 : 128;
  const prefix = bits === undefined ? width : Number(bits);
  if (isIP(address) === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > width)
    throw new Error(`"${entry}" is not an address or a network of a trusted proxy: write 10.0.0.5 or 10.0.0.0/8`);
  list.addSubnet(address, prefix, family(address));
}

const family = (address: string): "ipv4" | "ipv6" => (isIP(address) === 4 ? "ipv4" : "ipv6");

/** A dual-stack socket says `::ffff:10.0.0.5` for 10.0.0.5; a proxy may add a port or brackets. */
function plain(text: string): string {
  const trimmed = text.trim();
  const bare = /^\[(.+)\](?::\d+)?$/.exec(trimmed)?.[1] ?? (/^([\d.]+):\d+$/.exec(trimmed)?.[1] || trimmed);
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  return mapped ?? bare;
}
