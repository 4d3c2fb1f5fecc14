import { expect, it } from "vitest";
import { decodeValue } from "../../../lib/decoders/registry";
import { PointId } from "../../../lib/ids";
import { Registration } from "../../../lib/registration";
import { paintPng } from "../../demo/png";
import { createPictures } from "./pictures";

const registration = Registration.parse({ id: "camera", filter: "camera", format: "image" });
const id = (text: string) => PointId.parse(text);
const wordsOf = (bytes: Uint8Array) => {
  const read = decodeValue("image", bytes);
  return read.ok ? read.value : null;
};
const red = paintPng(4, 4, () => [255, 0, 0]);
const blue = paintPng(4, 4, () => [0, 0, 255]);

it("DC-123: keeps the newest picture of each point, its own copy, out of its wrapping", () => {
  const pictures = createPictures();
  const sent = new Uint8Array(red);
  pictures.put(id("camera"), registration, sent, wordsOf(red));
  sent.fill(0);
  expect(pictures.get(id("camera"))).toMatchObject({ type: "image/png", bytes: new Uint8Array(red) });
  const wrapped = { ...registration, encoding: "base64" } as const;
  pictures.put(id("camera"), wrapped, new TextEncoder().encode(blue.toString("base64")), wordsOf(blue));
  expect(pictures.get(id("camera"))?.bytes).toEqual(new Uint8Array(blue));
  pictures.put(id("camera"), registration, new Uint8Array(3), "no picture");
  expect(pictures.get(id("camera"))?.bytes).toEqual(new Uint8Array(blue));
});

it("DC-123: holds no more than its bound in all: the picture put longest ago goes first", () => {
  const pictures = createPictures(red.length * 2);
  for (const name of ["a", "b", "a", "c"]) pictures.put(id(name), registration, red, wordsOf(red));
  expect(["a", "b", "c"].map((name) => pictures.get(id(name)) !== undefined)).toEqual([true, false, true]);
});
