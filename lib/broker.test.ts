import { describe, expect, test } from "vitest";
import type { Access } from "./access";
import { BrokerPatch } from "./api";
import { Broker, BrokerState } from "./broker";
import { mayReuseSecrets } from "./brokerAddresses";
import { brokerStatesFor } from "./brokerView";

const parse = (more: object) => Broker.safeParse({ id: "main", url: "mqtt://a", ...more });
const why = (more: object) => {
  const parsed = parse(more);
  return parsed.success ? undefined : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
};

describe("the addresses of a broker", () => {
  test("BR-54: are of one kind, with TLS or without, and each is given once", () => {
    expect(parse({ otherUrls: ["mqtt://b", "ws://a/mqtt", "ws://a/mqtt2"] }).success).toBe(true);
    expect(why({ otherUrls: ["mqtt://b", "mqtts://c"] })).toEqual([expect.stringMatching(/^otherUrls\.1: .*TLS/)]);
    expect(why({ url: "mqtts://a", otherUrls: ["wss://b", "mqtt://c"] })).toEqual([
      expect.stringMatching(/\.1: .*TLS/),
    ]);
    expect(why({ otherUrls: ["mqtt://b", "mqtt://A:1883/"] })).toEqual([expect.stringMatching(/\.1: .*twice/)]);
    expect(why({ otherUrls: ["http://b"] })).toEqual([expect.stringMatching(/^otherUrls\.0: .*must start with mqtt/)]);
    expect(why({ otherUrls: ["mqtt://u:hunter2@b"] })?.join()).toMatch(/fields of their own|own fields/);
    // The API's change is held to the same.
    expect(BrokerPatch.safeParse({ id: "main", url: "mqtt://a", otherUrls: ["mqtts://b"] }).success).toBe(false);
  });

  test("BR-50: which of them is connected is told to admins alone", () => {
    const state = BrokerState.parse({
      ...{ id: "main", name: "Main", since: 0, state: "connected", protocol: "5", rate: 1, refused: [] },
      url: "mqtt://inside.example",
    });
    const admin: Access = { user: { id: "a", name: "Ann" }, role: "admin", grants: [] };
    const viewer: Access = { ...admin, role: "viewer" };
    expect(brokerStatesFor(admin, [state])).toEqual([state]);
    expect(JSON.stringify(brokerStatesFor(viewer, [state]))).not.toContain("inside.example");
  });

  test("FA-20: a stored secret may go to the addresses that it was saved for, in any order, and to no other", () => {
    const stored = { url: "mqtts://a", otherUrls: ["mqtts://b:8883", "wss://c/mqtt"], username: "tale" };
    const may = (asked: { url: string; otherUrls?: string[]; username?: string }) =>
      mayReuseSecrets(stored, { username: "tale", ...asked });
    expect(may(stored)).toBe(true);
    expect(may({ url: "mqtts://B/", otherUrls: ["mqtts://a:8883"] })).toBe(true);
    expect(may({ url: "wss://c:443/elsewhere" })).toBe(true);
    expect(may({ url: "mqtts://a", otherUrls: ["mqtts://d"] })).toBe(false);
    expect(may({ url: "mqtts://d", otherUrls: ["mqtts://a"] })).toBe(false);
    expect(may({ url: "mqtt://a" })).toBe(false);
    expect(may({ url: "mqtts://a", otherUrls: ["mqtts://b:8884"] })).toBe(false);
    expect(may({ url: "mqtts://a", otherUrls: ["nonsense"] })).toBe(false);
    expect(may({ url: "mqtts://a", username: "other" })).toBe(false);
  });
});
