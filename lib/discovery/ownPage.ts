const MAX = 500;

/**
 * The address of a device's own page as a link may hold it: http or https, with a host and without a name and a password. Anybody can
 * announce a device, so anything else is none: a `javascript:` address would run in the page of whoever follows it.
 */
export function ownPage(address: string | undefined): string | undefined {
  if (
    address === undefined ||
    address.length > MAX ||
    !/^https?:\/\/[^\s\\]+$/i.test(address) ||
    !URL.canParse(address)
  )
    return undefined;
  const { protocol, hostname, username, password, href } = new URL(address);
  if ((protocol !== "http:" && protocol !== "https:") || hostname === "" || username !== "" || password !== "")
    return undefined;
  return href;
}

/** The page of a device that says only its address in the network. */
export const pageAt = (ip: string | undefined): string | undefined =>
  ip !== undefined && /^\d{1,3}(?:\.\d{1,3}){3}$/.test(ip) && ip !== "0.0.0.0" ? ownPage(`http://${ip}/`) : undefined;
