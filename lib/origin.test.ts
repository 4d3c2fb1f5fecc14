import { describe, expect, test } from "vitest";
import { hostAllowed, type OriginQuestion, originFault } from "./origin";
import { inWords } from "./texts/said";

const home = "https://telltale.example";

const cases: [title: string, question: Partial<OriginQuestion>, allowed: boolean][] = [
  ["the public URL's own page", { origin: home, host: "telltale.example", publicUrl: home }, true],
  ["the own page, where a proxy changed the Host", { origin: home, host: "127.0.0.1:3000", publicUrl: home }, true],
  ["the public URL written with its port and a path", { origin: home, host: "x", publicUrl: `${home}:443/` }, true],
  ["another scheme", { origin: "http://telltale.example", host: "telltale.example", publicUrl: home }, false],
  ["another port", { origin: `${home}:8443`, host: "telltale.example", publicUrl: home }, false],
  ["a subdomain", { origin: "https://a.telltale.example", host: "telltale.example", publicUrl: home }, false],
  ["a name that only begins alike", { origin: `${home}.evil.test`, host: "telltale.example", publicUrl: home }, false],
  [
    "the Host's own page, where the public URL is another",
    { origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000", publicUrl: home },
    false,
  ],
  ["no Origin, with a public URL", { origin: undefined, host: "telltale.example", publicUrl: home }, false],
  ["Origin null, with a public URL", { origin: "null", host: "telltale.example", publicUrl: home }, false],
  ["an empty Origin", { origin: "", host: "localhost:3000" }, false],
  ["no Origin", { origin: undefined, host: "localhost:3000" }, false],
  ["Origin null", { origin: "null", host: "localhost:3000" }, false],
  ["localhost", { origin: "http://localhost:3000", host: "localhost:3000" }, true],
  ["loopback by number", { origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" }, true],
  ["loopback by number, version 6", { origin: "http://[::1]:3000", host: "[::1]:3000" }, true],
  ["an address in the house", { origin: "http://192.168.1.5:3000", host: "192.168.1.5:3000" }, true],
  ["a .local name", { origin: "http://pi.local", host: "pi.local" }, true],
  ["a .local name in capitals", { origin: "http://pi.local", host: "Pi.Local:80" }, true],
  ["TLS before us, port unsaid", { origin: "https://pi.local", host: "pi.local" }, true],
  ["TLS before us, port said", { origin: "https://pi.local", host: "pi.local:443" }, true],
  ["another port of the same host", { origin: "http://localhost:8080", host: "localhost:3000" }, false],
  ["localhost against 127.0.0.1", { origin: "http://localhost:3000", host: "127.0.0.1:3000" }, false],
  ["a foreign page", { origin: "http://evil.test", host: "localhost:3000" }, false],
  ["a rebound name that matches itself", { origin: "http://evil.test:3000", host: "evil.test:3000" }, false],
  [
    "a rebound name that ends like a number",
    { origin: "http://127.0.0.1.evil.test", host: "127.0.0.1.evil.test" },
    false,
  ],
  ["no Host", { origin: "http://localhost:3000", host: undefined }, false],
  ["a Host with a login in it", { origin: "http://localhost", host: "evil.test@localhost" }, false],
  ["a browser extension", { origin: "chrome-extension://abc", host: "localhost:3000" }, false],
  ["a file", { origin: "file://", host: "localhost:3000" }, false],
];

describe.each(["mutation", "handshake"] as const)("%s", (kind) => {
  test.each(cases)("AC-1, AC-100, AC-101: %s", (_title, question, allowed) => {
    const fault = originFault({ origin: undefined, host: undefined, publicUrl: undefined, kind, ...question });
    expect(fault === undefined).toBe(allowed);
  });
});

test.each([
  ["localhost:3000", undefined, true],
  ["10.0.0.7", undefined, true],
  ["pi.local.", undefined, true],
  ["evil.test", undefined, false],
  ["", undefined, false],
  ["telltale.example", home, true],
  ["telltale.example:443", home, true],
  ["127.0.0.1:3000", home, true],
  ["evil.test", home, false],
  ["localhost.evil.test", home, false],
])("AC-2: a read addressed to %s with the public URL %s: %s", (host, publicUrl, allowed) => {
  expect(hostAllowed({ host, publicUrl })).toBe(allowed);
  expect(originFault({ kind: "read", origin: "http://evil.test", host, publicUrl }) === undefined).toBe(allowed);
});

test("AC-1: the refusal names what to set, and never grows with what was sent", () => {
  const fault = originFault({
    kind: "mutation",
    origin: `http://${"a".repeat(9000)}`,
    host: "localhost",
    publicUrl: undefined,
  });
  expect(fault?.code).toBe("origin-foreign");
  const words = inWords(fault?.message ?? "");
  expect(words).toContain("TELLTALE_PUBLIC_URL");
  expect(words.length).toBeLessThan(600);
});
