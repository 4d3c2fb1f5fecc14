import { describe, expect, test } from "vitest";
import type { RegistrationInput } from "../../../lib/registration";
import { saying } from "../../../lib/texts/said.harness";
import { setUp } from "./liveState.harness";

const temp: RegistrationInput = { id: "temp", filter: "a/temp", type: "number" };

describe("a topic filter that the broker refuses", () => {
  const topics = [temp, { id: "wide", filter: "b/+" }];

  test("FA-21: its points say so, commands to them are refused as offline, and all is well when it is accepted", async () => {
    const h = await setUp({ topics: [...topics, { id: "c", filter: "c" }] });
    h.say("b/x", "1");
    h.refuse([
      { filter: "a/temp", reason: "not authorized" },
      { filter: "b/+", reason: "not authorized" },
    ]);
    expect(h.status("temp")).toMatchObject({
      freshness: "offline",
      reason: saying('the broker refused the subscription to "a/temp": not authorized'),
    });
    expect(h.status("wide/x")?.freshness).toBe("offline");
    expect(h.status("c")?.freshness).toBe("unknown");
    const before = h.status("temp");
    h.clock.advance(60_000);
    h.refuse([{ filter: "a/temp", reason: "not authorized" }]);
    expect(h.status("temp")?.since).toBe(before?.since);
    expect(h.status("wide/x")?.freshness).toBe("live");
    h.refuse([]);
    expect(h.status("temp")?.freshness).toBe("unknown");
  });

  test("FA-21: a point that is heard by a wider filter all the same is live", async () => {
    const h = await setUp({ topics });
    h.refuse([{ filter: "a/temp", reason: "not authorized" }]);
    h.say("a/temp", "21");
    expect(h.status("temp")?.freshness).toBe("live");
    h.broker("down");
    expect(h.status("temp")?.reason).toEqual(saying(/^broker main: /));
  });

  test("FA-21: a point that is registered later says it from the start", async () => {
    const h = await setUp({ topics: [] });
    h.refuse([{ filter: "a/temp", reason: "not authorized" }]);
    h.register([temp]);
    expect(h.status("temp")?.freshness).toBe("offline");
  });

  const watched = { ...temp, id: "watched", availability: [{ filter: "a/status" }] };
  const REFUSED = [{ filter: "a/status", reason: "not authorized" }];
  const UNKNOWN =
    'whether the device is offline is not known: the broker refused the subscription to "a/status": not authorized';

  test("DV-50: a refused availability topic is told on its points, which stay live and are operated as before", async () => {
    const h = await setUp({ topics: [watched, temp] });
    h.say("a/temp", "21");
    h.refuse(REFUSED);
    expect(h.status("watched")).toMatchObject({ freshness: "live", reason: saying(UNKNOWN) });
    expect(h.status("temp")?.reason).toBeUndefined();
    h.say("a/temp", "22");
    expect(h.status("watched")).toMatchObject({ freshness: "live", reason: saying(UNKNOWN) });
    h.broker("down");
    expect(h.status("watched")?.reason).toEqual(saying(/^broker main: /));
    h.broker("up");
    h.say("a/temp", "23");
    expect(h.status("watched")).toMatchObject({ freshness: "live" });
    expect(h.status("watched")?.reason).toBeUndefined();
  });

  test("DV-102: what a wider filter brings all the same is known, and a point that is registered later says it too", async () => {
    const h = await setUp({ topics: [] });
    h.refuse(REFUSED);
    h.register([watched]);
    expect(h.status("watched")).toMatchObject({ freshness: "unknown", reason: saying(UNKNOWN) });
    h.clock.advance(1000);
    h.say("a/status", "online");
    expect(h.status("watched")?.reason).not.toEqual(saying("not known"));
    h.say("a/status", "offline");
    expect(h.status("watched")).toMatchObject({
      freshness: "offline",
      reason: saying("the device is offline, reported on a/status"),
    });
  });
});
