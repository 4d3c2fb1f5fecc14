import { describe, expect, it } from "vitest";
import { BrokerOut } from "../../../lib/api";
import { emptyBroker, fromBroker, isMoved, proposeBrokerId, toBroker, usesTls } from "./brokerDraft";

const stored = BrokerOut.parse({
  version: 1,
  origin: "store",
  broker: {
    id: "main",
    name: "Main",
    url: "mqtts://broker.example:8883",
    username: "telltale",
    ca: "PEM",
    verify: false,
  },
  has: { password: true, key: false },
  state: { id: "main", name: "Main", state: "connecting", since: 1 },
});

describe("broker ⇄ draft", () => {
  it("keeps what stands, and says nothing of a secret that stays", () => {
    expect(toBroker(fromBroker(stored))).toEqual({ ok: true, broker: stored.broker });
  });

  it("replaces and removes secrets only when asked", () => {
    const draft = fromBroker(stored);
    expect(toBroker({ ...draft, password: { do: "set", text: "new" } })).toMatchObject({ broker: { password: "new" } });
    expect(toBroker({ ...draft, password: { do: "remove" } })).toMatchObject({ broker: { password: null } });
    // An emptied field is not an empty password: to take it away is said aloud.
    expect(toBroker({ ...draft, password: { do: "set", text: "" } })).toEqual(toBroker(draft));
  });

  it("FA-20: says that a stored secret must be entered again for another address or user", () => {
    const draft = fromBroker(stored);
    expect(isMoved(stored, draft)).toBe(false);
    expect(isMoved(stored, { ...draft, url: " mqtts://Broker.example:8883/ " })).toBe(false);
    expect(isMoved(stored, { ...draft, url: "mqtts://other.example:8883" })).toBe(true);
    expect(isMoved(stored, { ...draft, username: "other" })).toBe(true);
    expect(isMoved(stored, { ...draft, otherUrls: "mqtts://other.example" })).toBe(true);
    const two = { ...stored, broker: { ...stored.broker, otherUrls: ["mqtts://other.example"] } };
    expect(isMoved(two, { ...draft, otherUrls: "mqtts://other.example:8883" })).toBe(false);
    expect(isMoved(two, { ...draft, url: "mqtts://other.example" })).toBe(false);
  });

  it("says what is wrong at its field", () => {
    const result = toBroker({ ...emptyBroker, id: "Main!", url: "http://x" });
    expect(result.ok ? [] : [...result.errors.keys()]).toEqual(["/id", "/url"]);
  });

  it("BR-58: takes the other addresses one a line, and says which of them is wrong", () => {
    const otherUrls = " mqtts://two.example:8883 \n\nmqtts://three.example,wss://four.example/mqtt\n";
    const result = toBroker({ ...fromBroker(stored), otherUrls });
    const urls = ["mqtts://two.example:8883", "mqtts://three.example", "wss://four.example/mqtt"];
    expect(result).toEqual({ ok: true, broker: { ...stored.broker, otherUrls: urls } });
    expect(fromBroker({ ...stored, broker: { ...stored.broker, otherUrls: urls } }).otherUrls).toBe(urls.join("\n"));
    const wrong = toBroker({ ...fromBroker(stored), otherUrls: "mqtts://two.example\nmqtt://three.example" });
    expect(wrong.ok ? [] : [...wrong.errors]).toEqual([
      ["/otherUrls/1", expect.stringMatching(/^mqtt:\/\/three\.example: .*TLS/)],
    ]);
  });

  it("asks for the user name of a password, kept or new", () => {
    const kept = toBroker({ ...fromBroker(stored), username: "" });
    expect(kept.ok ? [] : [...kept.errors.keys()]).toEqual(["/username"]);
    const removed = toBroker({ ...fromBroker(stored), username: "", password: { do: "remove" } });
    expect(removed.ok).toBe(true);
  });

  it("names the first one main, later ones after name or host", () => {
    expect(proposeBrokerId({ name: "Yard", url: "" }, new Set())).toBe("main");
    expect(proposeBrokerId({ name: "Yard", url: "" }, new Set(["main"]))).toBe("yard");
    expect(proposeBrokerId({ name: "", url: "mqtt://broker.lan:1883" }, new Set(["main"]))).toBe("broker-lan");
    expect(proposeBrokerId({ name: "Yard", url: "" }, new Set(["main", "yard"]))).toBe("yard-2");
  });

  it("knows where TLS is spoken", () => {
    const urls = ["mqtts://a", "wss://a", "mqtt://a", "ws://a"];
    expect(urls.map((url) => usesTls({ ...emptyBroker, url }))).toEqual([true, true, false, false]);
  });
});
