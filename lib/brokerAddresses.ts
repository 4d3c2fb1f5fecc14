/** The addresses of a broker, without its schema: pages that only show them load no more than this. */

/** The address that is tried first, and the others of the same cluster. */
export interface Addresses {
  url: string;
  otherUrls?: readonly string[] | undefined;
}

interface Login extends Addresses {
  username?: string | undefined;
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  "mqtt:": "1883",
  "mqtts:": "8883",
  "ws:": "80",
  "wss:": "443",
};

/** All addresses of a broker, in the order in which they are tried. */
export const urlsOf = ({ url, otherUrls = [] }: Addresses): string[] => [url, ...otherUrls];

/** Whether the scheme uses TLS. */
export const isEncrypted = (url: string): boolean => /^\s*(mqtts|wss):/i.test(url);

/** Scheme, host and port, however they are written; undefined: no address. */
export function placeOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, port } = new URL(url);
  return JSON.stringify([protocol, hostname.toLowerCase(), port || DEFAULT_PORTS[protocol]]);
}

/**
 * Whether the secrets that are stored for one broker may be used for the other: it signs in as the same user, and at no address that
 * they were not saved for. Otherwise whoever may change a broker's address reads its password at an address of their own.
 */
export function mayReuseSecrets(stored: Login, asked: Login): boolean {
  const known = new Set(urlsOf(stored).map(placeOf));
  const isKnown = (url: string): boolean => {
    const place = placeOf(url);
    return place !== undefined && known.has(place);
  };
  return (stored.username ?? "") === (asked.username ?? "") && urlsOf(asked).every(isKnown);
}
