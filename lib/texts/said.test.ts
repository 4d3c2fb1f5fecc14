import { expect, test } from "vitest";
import { Command } from "../command";
import { asWording, inWords, isSaid, isSameSaid, type Said as SaidAlone, say } from "./said";
import { Said } from "./saidSchema";

test("MS-12: what is said travels as key and arguments, and becomes words where it is read", () => {
  const said = say("commands.brokerOffline", { broker: "Farm", why: say("commands.faultTimeout") });
  expect(said).toEqual({
    code: "commands.brokerOffline",
    args: { broker: "Farm", why: { code: "commands.faultTimeout" } },
  });
  expect(JSON.parse(JSON.stringify(Said.parse(said)))).toEqual(said);
  expect(inWords(said)).toBe('The broker "Farm" is not connected: it does not answer.');
});

test("MS-25: a reason may have a reason, and be compared with one that was said elsewhere", () => {
  const where = say("reject.itsValue", { where: say("reject.thePayload") });
  const said = say("reject.notNumber", { where, found: '"x"' });
  expect(Said.parse(JSON.parse(JSON.stringify(said)))).toEqual(said);
  expect(inWords(said)).toBe('the payload (its "value") is "x", not a number');
  expect(isSameSaid(said, structuredClone(said))).toBe(true);
  expect(isSameSaid(said, say("reject.notNumber", { where, found: '"y"' }))).toBe(false);
  const x = asWording("x");
  expect([isSameSaid(x, x), isSameSaid(x, undefined), isSameSaid(x, { code: "x" })]).toEqual([true, false, false]);
});

test("MS-56: a literal is no words for people, for the compiler; what has no key is said to have none", () => {
  // @ts-expect-error: it would be English for every reader
  const literal: SaidAlone = "the pump is away";
  const ofABroker: SaidAlone = asWording("not authorized");
  expect([literal, ofABroker].map(inWords)).toEqual(["the pump is away", "not authorized"]);
});

test("MS-13: a reason that an older version stored as English is shown as it is", () => {
  const stored = {
    ...{ id: crypto.randomUUID(), point: "pump", value: true, by: "Ada", at: 1 },
    ...{ state: "unknown", endedAt: 2, reason: "Telltale was restarted while it was under way." },
  };
  const command = Command.parse(stored);
  expect(command).toEqual(stored);
  expect("reason" in command && inWords(command.reason)).toBe("Telltale was restarted while it was under way.");
});

test("MS-14: a key that this version does not know is shown, and nothing fails", () => {
  expect(inWords({ code: "commands.ofTomorrow", args: { n: 1 } })).toBe("commands.ofTomorrow");
});

test("what is no text of either kind is none", () => {
  expect([isSaid("x"), isSaid({ code: "a.b" }), isSaid({ args: {} }), isSaid(null), isSaid(3)]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
