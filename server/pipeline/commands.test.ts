import { describe, expect, test } from "vitest";
import type { Command, CommandState } from "../../lib/command";
import { asWording } from "../../lib/texts/said";
import { type CommandEvent, step } from "./commands";

const base = { id: "x", point: "p", value: true, by: "Ada", at: 0 } as unknown as Pick<
  Command,
  "id" | "point" | "value" | "by" | "at"
>;
const commands: Record<string, Command> = {
  refused: { ...base, state: "refused", code: "busy", reason: asWording("") },
  sent: { ...base, state: "sent" },
  acked: { ...base, state: "acked", ackedAt: 1, assumed: false },
  assumed: { ...base, state: "acked", ackedAt: 1, assumed: true },
  confirmed: { ...base, state: "confirmed", endedAt: 2, late: false },
  unconfirmed: { ...base, state: "unconfirmed", endedAt: 2, reason: asWording("") },
  failed: { ...base, state: "failed", endedAt: 2, code: 135, reason: asWording("") },
  unknown: { ...base, state: "unknown", endedAt: 2, reason: asWording("") },
};
const events: Record<string, CommandEvent> = {
  "not-sent": { type: "not-sent", code: "broker-down", reason: asWording("") },
  acked: { type: "acked", at: 3, assumed: false },
  failed: { type: "failed", at: 3, code: 135, reason: asWording("") },
  lost: { type: "lost", at: 3, reason: asWording("") },
  matched: { type: "matched", at: 3 },
  timeout: { type: "timeout", at: 3, reason: asWording("") },
  superseded: { type: "superseded", at: 3, reason: asWording("") },
  restart: { type: "restart", at: 3, reason: asWording("") },
};
/** All that may happen; whatever is not here leaves the command as it is. */
const legal: Record<string, Record<string, CommandState>> = {
  sent: {
    "not-sent": "refused",
    acked: "acked",
    failed: "failed",
    lost: "unknown",
    matched: "confirmed",
    superseded: "unconfirmed",
    restart: "unknown",
  },
  acked: { matched: "confirmed", timeout: "unconfirmed", superseded: "unconfirmed", restart: "unknown" },
  unconfirmed: { matched: "confirmed" },
};

describe("CM-15: the life of a command", () => {
  for (const [from, command] of Object.entries(commands))
    for (const [name, event] of Object.entries(events)) {
      const to = legal[from]?.[name];
      test(`${from}, ${name}: ${to ?? "nothing"}`, () => {
        const next = step(command, event);
        if (to === undefined) expect(next).toBe(command);
        else expect(next).toMatchObject({ ...base, state: to });
      });
    }

  test("CM-20: an answer after the minute changes nothing", () => {
    const old = commands.unconfirmed as Command;
    expect(step(old, { type: "matched", at: 60_002 })).toMatchObject({ state: "confirmed", late: true });
    expect(step(old, { type: "matched", at: 60_003 })).toBe(old);
  });
});
