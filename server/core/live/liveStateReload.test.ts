import { describe, expect, test, vi } from "vitest";
import * as compile from "../../../lib/compile";
import { setUp } from "./liveState.harness";

vi.mock("../../../lib/compile", { spy: true });

describe("a change of one registration among many", () => {
  test("LV-46: the others are not compiled again, and keep their points, values and topics", async () => {
    const topics = Array.from({ length: 200 }, (_, i) => ({ id: `p${i}`, filter: `a/p${i}` }));
    const wild = { id: "wild", filter: "w/+" };
    const h = await setUp({ topics: [...topics, wild] });
    for (let i = 0; i < 200; i++) h.say(`a/p${i}`, String(i));
    h.say("w/x", "5");
    const infos = [...h.live.points()].map(({ info }) => info);
    vi.mocked(compile.compileRegistration).mockClear();

    h.register([...topics.map((topic) => (topic.id === "p7" ? { ...topic, name: "Renamed" } : topic)), wild]);
    expect(compile.compileRegistration).toHaveBeenCalledTimes(1);
    const now = [...h.live.points()];
    expect(now.map(({ info }) => info.id)).toEqual(infos.map(({ id }) => id));
    expect(now.filter(({ info }, i) => info !== infos[i]).map(({ info }) => info.name)).toEqual(["Renamed"]);
    expect(now.map(({ value }) => value)).toEqual([...Array.from({ length: 200 }, (_, i) => i), 5]);
    h.say("a/p7", "70");
    h.say("w/x", "50");
    expect(h.point("p7")?.value).toBe(70);
    expect(h.point("wild/x")?.value).toBe(50);
  });

  test("LV-46: a filter that comes or goes changes the points of those topics alone", async () => {
    const one = { id: "one", filter: "w/+" };
    const h = await setUp({ topics: [one, { id: "fixed", filter: "w/a" }] });
    for (const name of ["a", "b"]) h.say(`w/${name}`, "1");
    const first = h.point("one/a")?.info;
    h.register([one, { id: "fixed", filter: "w/a" }, { id: "late", filter: "+/b" }]);
    expect([...h.live.points()].map(({ info }) => info.id)).toEqual(["one/a", "one/b", "fixed", "late/w"]);
    expect(h.point("one/a")?.info).toBe(first);
    h.register([{ id: "late", filter: "+/b" }]);
    expect([...h.live.points()].map(({ info }) => info.id)).toEqual(["late/w"]);
    h.say("w/b", "8");
    expect(h.point("late/w")?.value).toBe(8);
  });
});
