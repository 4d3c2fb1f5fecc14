import { describe, expect, it } from "vitest";
import { BrokerState } from "@/lib/broker";
import { say } from "@/lib/texts/said";
import { floodText } from "./brokerAdvice";
import { brokerLight, brokerLine } from "./brokerText";

const state = (fields: object): BrokerState => BrokerState.parse({ id: "main", name: "Main", since: 1000, ...fields });

describe("what the shell says of a broker", () => {
  it("names the rate while connected, the reason and since when while not", () => {
    const connected = state({ state: "connected", protocol: "5", rate: 211.6, refused: [] });
    expect(brokerLine(connected, 5000)).toBe("connected · reads 212 msg/s");
    const offline = state({ state: "offline", fault: "refused", reason: say("connection.lost") });
    expect(brokerLine(offline, 121_000)).toBe("offline for 2 min: The connection to the broker was lost.");
    expect(brokerLight(offline)).toBe("offline");
  });

  it("FA-22: says how many connections were short, while offline and after it is connected again", () => {
    const short = { since: 1000, times: 12 };
    const offline = state({ state: "offline", fault: "lost", reason: "closed within seconds", short });
    expect(brokerLine(offline, 121_000)).toBe("offline for 2 min, 12 short connections: closed within seconds");
    const again = state({ state: "connected", protocol: "5", rate: 3, refused: [], short });
    expect(brokerLine(again, 121_000)).toBe("connected again after 12 short connections");
    expect(brokerLight(again)).toBe("warning");
  });

  it("does not call a broker well that refused a topic filter", () => {
    const partly = state({
      state: "connected",
      protocol: "5",
      rate: 3,
      refused: [{ filter: "secret/#", reason: "not authorized" }],
    });
    expect(brokerLine(partly, 5000)).toBe("connected · 1 topic filter refused");
    expect(brokerLight(partly)).toBe("warning");
  });

  it("FA-104: says that messages are left out, how many and since when, and afterwards from when to when", () => {
    const flood = {
      now: true,
      since: Date.UTC(2026, 0, 1, 12, 0, 5),
      lastAt: Date.UTC(2026, 0, 1, 12, 1),
      dropped: 1e6,
    };
    const flooded = state({ state: "connected", protocol: "5", rate: 98_000, refused: [], flood });
    expect(brokerLine(flooded, 5000)).toBe("connected · reads 98000 msg/s, more than Telltale can process");
    expect(brokerLight(flooded)).toBe("warning");
    expect(floodText(flood)).toMatch(/1.000.000 were dropped since .*:00:05/);
    const over = { ...flood, now: false };
    expect(floodText(over)).toMatch(/arrived.*were dropped between .*:00:05.* and .*:01:00/);
    expect(brokerLight({ ...flooded, flood: over })).toBe("live");
  });
});
