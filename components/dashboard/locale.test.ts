import { describe, expect, it } from "vitest";
import { localeOf } from "./locale";

describe("localeOf", () => {
  it.each([
    ["de-DE,de;q=0.9,en;q=0.8", "de-DE"],
    ["en;q=0.5, fr;q=0.9", "fr"],
    ["*", "en"],
    ["tlh, sv;q=0.5", "sv"],
    ["de;q=0, it", "it"],
    ["<script>", "en"],
    ["", "en"],
    [null, "en"],
  ])("%j is %s", (header, tag) => expect(localeOf(header)).toBe(tag));
});
