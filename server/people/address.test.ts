import { expect, test } from "vitest";
import { createClientAddress } from "./address";
import { networkOf } from "./loginThrottle";

test.each<[proxies: string[], peer: string, forwarded: string | string[] | undefined, client: string]>([
  [[], "203.0.113.9", undefined, "203.0.113.9"],
  [[], "203.0.113.9", "1.2.3.4", "203.0.113.9"],
  [["127.0.0.1"], "127.0.0.1", "1.2.3.4", "1.2.3.4"],
  [["127.0.0.1"], "::ffff:127.0.0.1", "1.2.3.4", "1.2.3.4"],
  [["127.0.0.1"], "127.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"],
  [["127.0.0.1", "10.0.0.0/8"], "127.0.0.1", "6.6.6.6, 1.2.3.4, 10.1.2.3", "1.2.3.4"],
  [["10.0.0.0/8"], "127.0.0.1", "1.2.3.4", "127.0.0.1"],
  [["127.0.0.1"], "127.0.0.1", "not an address", "127.0.0.1"],
  [["127.0.0.1"], "127.0.0.1", undefined, "127.0.0.1"],
  [["::1"], "::1", ["6.6.6.6", "[2001:db8::5]:4711"], "2001:db8::5"],
])("AC-8: trusting %j, a request of %s that says %j comes from %s", (proxies, peer, forwarded, client) => {
  expect(createClientAddress(proxies)(peer, forwarded)).toBe(client);
});

test("AC-8: a trusted proxy that is no address is refused at start", () => {
  expect(() => createClientAddress(["proxy.example"])).toThrow(/proxy\.example/);
  expect(() => createClientAddress(["10.0.0.0/99"])).toThrow(/10\.0\.0\.0/);
});

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0db8:0001:0002::9", "2001:db8:1:2::/64"],
  ["2001:db8::9", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
])("AC-7: %s is throttled as %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
