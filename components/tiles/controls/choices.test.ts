import { describe, expect, it } from "vitest";
import { choices } from "./choices";

describe("choices", () => {
  it("chooses what the device reported", () => {
    expect(choices(["auto", "manual"], "manual")).toEqual({
      chosen: "manual",
      list: [
        { text: "auto", reportedOnly: false },
        { text: "manual", reportedOnly: false },
      ],
    });
  });
  it.each([
    ["frost", "frost"],
    [null, ""],
  ])("shows a reported %j that is no option, without offering it", (reported, text) => {
    const { chosen, list } = choices(["auto"], reported);
    expect([chosen, list[0]]).toEqual([text, { text, reportedOnly: true }]);
  });
});
