import { describe, expect, it } from "vitest";
import { t } from "@/lib/texts/t";
import { actorText, auditSentence } from "./sentence";

const say = (action: string, target: string, detail: Record<string, unknown> = {}) =>
  auditSentence({ action, target, detail });

it("MS-46: who has no account is named by a text of the catalogue, everybody else by their name", () => {
  expect(["", "anonymous", "several", "an unknown name"].map(actorText)).toEqual([
    t("audit.someone"),
    t("audit.anonymous"),
    t("audit.several"),
    t("audit.unknownName"),
  ]);
  expect(["ana", "constructor"].map(actorText)).toEqual(["ana", "constructor"]);
});

describe("auditSentence", () => {
  it("tells commands as people do", () => {
    expect(say("command", "pump", { value: true })).toBe("asked “pump” for on");
    expect(say("command", "lamp", { value: 62 })).toBe("asked “lamp” for 62");
    expect(say("command", "bell", { value: null })).toBe("asked “bell” for a press");
    expect(say("command-refused", "pump", { value: false, reason: "the device is offline" })).toBe(
      "asked “pump” for off and was refused: the device is offline",
    );
  });

  it("names things by what people call them", () => {
    expect(say("registration.change", "boiler-temp", { registration: { name: "Boiler" } })).toContain("“Boiler”");
    expect(say("registration.delete", "boiler-temp", { before: {} })).toContain("“boiler-temp”");
    expect(say("user.change", "u1", { username: "ana", role: "operator", passwordChanged: true })).toBe(
      "changed the account “ana”: role is now operator, a new password was set",
    );
  });

  it("names found devices by what they call themselves, where that is known", () => {
    expect(say("found.keep", "0x0a", { name: "Kitchen sensor", kept: 1 })).toBe(
      "added 1 point of the found device “Kitchen sensor”",
    );
    expect(say("found.clear-refused", "0x0a", { name: "Kitchen sensor", reason: "it expired" })).toBe(
      "tried to remove the announcements of “Kitchen sensor” from the broker and was refused: it expired",
    );
    expect(say("found.ignore", "0x0a", { ignored: true })).toBe("ignored the found device “0x0a”");
  });

  it("says what was refused to whom, and how often", () => {
    expect(say("denied.not-allowed", "GET /users", { count: 3 })).toBe(
      "requested “GET /users” without permission (3 times)",
    );
    expect(say("denied.not-signed-in", "GET /users", { count: 1 })).toBe("requested “GET /users” without signing in");
    expect(say("command-dismissed", "pump", { by: "ana", value: true, state: "unconfirmed" })).toBe(
      "dismissed the result of ana's command to “pump”: asked for on, unconfirmed",
    );
  });

  it("does not hide what it does not know", () => {
    expect(say("history.prune", "all")).toBe("history.prune “all”");
    expect(say("constructor", "x")).toBe("constructor “x”");
  });
});
