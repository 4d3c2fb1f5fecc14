import { expect, test } from "vitest";
import { createPacketGuard, type Oversize } from "./packetGuard";

const MAX = 1000;

/** A PUBLISH of QoS 0, as far as its header, topic and so many bytes of payload. */
function publish(topic: string, payloadBytes: number, written = payloadBytes): Buffer {
  const name = Buffer.from(topic);
  let length = 2 + name.length + payloadBytes;
  const header = [0x30];
  do {
    header.push((length & 0x7f) | (length > 0x7f ? 0x80 : 0));
    length >>= 7;
  } while (length > 0);
  return Buffer.concat([
    Buffer.from(header),
    Buffer.from([name.length >> 8, name.length & 255]),
    name,
    Buffer.alloc(written),
  ]);
}

function feed(chunks: Buffer[]): Oversize[] {
  const found: Oversize[] = [];
  const guard = createPacketGuard(MAX, (oversize) => found.push(oversize));
  for (const chunk of chunks) guard(chunk);
  return found;
}

const byteByByte = (buffer: Buffer): Buffer[] => [...buffer].map((byte) => Buffer.from([byte]));
const PINGRESP = Buffer.from([0xd0, 0x00]);

test.each([0, 1, 100, 125, 126, 500, MAX - 3])(
  "FA-24: packets with %i bytes of payload pass, however they are cut",
  (bytes) => {
    const stream = Buffer.concat([publish("a", bytes), PINGRESP, publish("b", 7), publish("a", bytes)]);
    expect(feed([stream])).toEqual([]);
    expect(feed(byteByByte(stream))).toEqual([]);
    for (let at = 1; at < Math.min(stream.length, 40); at++)
      expect(feed([stream.subarray(0, at), stream.subarray(at)])).toEqual([]);
  },
);

test("FA-24: a packet that announces itself as too large is known from its header, behind others too, and once", () => {
  const large = publish("hall/camera", 200_000_000, 10);
  expect(feed([Buffer.concat([publish("a", 50), PINGRESP, large]), large])).toEqual([
    { bytes: 200_000_013, topic: "hall/camera" },
  ]);
  expect(feed(byteByByte(large))).toEqual([{ bytes: 200_000_013, topic: undefined }]);
  expect(feed([publish("a", MAX - 2, 1)])).toMatchObject([{ bytes: MAX + 1 }]);
});

test("FA-24: what looks like a header inside a payload is no header, and a length of five bytes is left to the parser", () => {
  const payload = Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]);
  const packet = Buffer.concat([Buffer.from([0x30, 3 + payload.length, 0, 1, 0x61]), payload]);
  expect(feed([packet, PINGRESP])).toEqual([]);
  expect(feed([Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x7f])])).toEqual([]);
});
