import { expect, test } from "vitest";
import { say } from "@/lib/texts/said";
import { sayPublished } from "./published";

test("MS-30: what became of a message by hand becomes words in the page", () => {
  const refused = { ok: false, code: "not-found", message: say("reply.noBroker", { broker: "attic" }) } as const;
  expect(sayPublished(refused, "Done.")).toEqual({ ok: false, text: 'There is no broker "attic".' });
  const publish = (outcome: "acked" | "failed" | "unknown", reason?: ReturnType<typeof say>) =>
    sayPublished({ ok: true, value: reason ? { outcome, reason } : { outcome } }, "Done.").text;
  expect(publish("acked")).toBe("Done.");
  expect(publish("failed", say("commands.puback131"))).toBe("The broker refused it: the broker cannot do it.");
  expect(publish("failed")).toBe("The broker refused it: it gave no reason.");
  expect(publish("unknown", say("commands.notAcknowledged", { seconds: 5 }))).toBe(
    "Sent, but the broker did not confirm it: the broker did not acknowledge within 5 s.",
  );
});
