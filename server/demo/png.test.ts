import { expect, it } from "vitest";
import { decodeValue } from "../../lib/decoders/registry";
import { paintPng } from "./png";

it("paints what Telltale takes for a picture", () => {
  const png = paintPng(6, 4, (x, y) => [x * 40, y * 60, 0]);
  expect(decodeValue("image", png)).toMatchObject({
    ok: true,
    value: expect.stringMatching(`^image/png;width=6;height=4;bytes=${png.length};`),
  });
  // IEND, with the checksum that stands in every PNG.
  expect([...png.subarray(-8)]).toEqual([0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
});
