import { describe, expect, it } from "vitest";
import { addMessages, emptyPreview, MAX_TOPICS, payloadText, understand } from "@/lib/previewDecode";
import type { PreviewMessage } from "@/lib/protocol";
import { saying } from "@/lib/texts/said.harness";
import { compileForPreview } from "../draft/check";
import type { Draft } from "../draft/draft";
import { draftReducer } from "../draft/draftReducer";
import { emptyDraft } from "../draft/fromRegistration";

const message = (topic: string, payload: string): PreviewMessage => ({
  topic,
  payload: btoa(payload),
  bytes: payload.length,
  retained: false,
  at: 1_700_000_000_000,
});
const reduce = draftReducer(new Set());
const on = (filter: string): Draft => reduce(emptyDraft, { do: "set", fields: { filter } });

const read = (draft: Draft, payload: string, topic = "a/b") => {
  const compiled = compileForPreview(draft);
  return compiled && understand(compiled, message(topic, payload));
};

describe("the preview of a registration", () => {
  it("DC: reads with nothing but a filter", () => {
    expect(read(on("a/b"), "21.5")).toMatchObject([{ ok: true, value: 21.5, type: "number" }]);
    expect(read(on("a/b"), "24 cm")).toMatchObject([{ ok: true, value: 24, unit: "cm" }]);
  });

  it("DC: reads on while the rest of the form is half written", () => {
    let draft = reduce(on("a/b"), { do: "pick", path: "$.t" });
    draft = reduce(draft, { do: "command", place: "all", kind: "switch" });
    draft = reduce(draft, { do: "set", fields: { precision: "x", type: "" } });
    expect(read(draft, '{"t": 3}')).toMatchObject([{ ok: true, value: 3 }]);
  });

  it("DC: reads the values that have a path, and names their points", () => {
    let draft = reduce(on("greenhouse/+/climate"), { do: "mode", mode: "several" });
    draft = reduce(draft, { do: "pick", path: "$.t" });
    draft = reduce(draft, { do: "addValue" });
    draft = reduce(draft, { do: "set", fields: { id: "climate", idTouched: true } });
    const understood = read(draft, '{"t": 3, "h": 50}', "greenhouse/north/climate");
    expect(understood).toMatchObject([{ ok: true, value: 3 }]);
    expect(understood).toHaveLength(1);
  });

  it("DC: gives the reason where it makes nothing of it", () => {
    const draft = reduce(on("a/b"), { do: "pick", path: "$.t" });
    expect(read(draft, "hello")).toMatchObject([{ ok: false, reason: saying(/./) }]);
  });

  it("has nothing to say while the filter is none", () => {
    expect(read(on("a/b#"), "1")).toBeUndefined();
  });
});

describe("arriving messages", () => {
  it("keeps the newest of each topic in a steady order, and counts", () => {
    const first = addMessages(emptyPreview, [message("a", "1"), message("b", "2"), message("a", "3")], 1);
    expect(first.topics.map((t) => [t.topic, t.text, t.count])).toEqual([
      ["a", "3", 2],
      ["b", "2", 1],
    ]);
    expect(first).toMatchObject({ received: 3, dropped: 1 });
  });

  it("shows a bounded number of topics and says how much it left out", () => {
    const flood = Array.from({ length: MAX_TOPICS + 5 }, (_, i) => message(`t/${i}`, "x"));
    const preview = addMessages(emptyPreview, flood, 0);
    expect(preview.topics).toHaveLength(MAX_TOPICS);
    expect(preview.dropped).toBe(5);
  });

  it("shows bytes that are no text as bytes, and cuts what is long", () => {
    expect(payloadText(Uint8Array.of(0xff, 0x00))).toEqual({ text: "ff 00", binary: true });
    expect(payloadText(new TextEncoder().encode("x".repeat(9000))).text).toHaveLength(4001);
  });
});
