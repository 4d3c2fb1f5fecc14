import type { DecoderExample } from "../registry";

const PNG_HEAD = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];
const IEND = [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82];
const png = (width: readonly number[], height: readonly number[]) => [
  ...PNG_HEAD,
  ...width,
  ...height,
  ...[8, 2, 0, 0, 0, 0, 0, 0, 0],
  ...IEND,
];
const SOI = [0xff, 0xd8];
const APP0 = [0xff, 0xe0, 0, 4, 0x4a, 0x46];
const SOF = [0xff, 0xc0, 0, 17, 8, 0x01, 0xe0, 0x02, 0x80, 3];
const EOI = [0xff, 0xd9];

export const examples: DecoderExample[] = [
  {
    name: "a PNG says its size in its header",
    payload: png([0, 0, 2, 128], [0, 0, 1, 224]),
    gives: { value: "image/png;width=640;height=480;bytes=45;hash=13331a5379f7ba" },
  },
  {
    name: "a JPEG says its size in its frame header, behind other segments",
    payload: [...SOI, ...APP0, ...SOF, ...EOI],
    gives: { value: "image/jpeg;width=640;height=480;bytes=20;hash=1e843b296239ff" },
  },
  {
    name: "fill bytes before a marker are passed over",
    payload: [...SOI, 0xff, 0xff, ...APP0, ...SOF, ...EOI, 0, 0],
    gives: { value: "image/jpeg;width=640;height=480;bytes=24;hash=12b26df066fd30" },
  },
  { name: "words are no picture", payload: "photo.jpg", gives: { reject: "not-format" } },
  { name: "nothing is no picture", payload: "", gives: { value: null } },
  { name: "a PNG that is cut off in its header", payload: PNG_HEAD, gives: { reject: "not-format" } },
  {
    name: "a PNG that is cut off behind it",
    payload: png([0, 0, 2, 128], [0, 0, 1, 224]).slice(0, -8),
    gives: { reject: "not-format" },
  },
  { name: "a JPEG that is cut off", payload: [...SOI, ...APP0, ...SOF], gives: { reject: "not-format" } },
  { name: "a PNG without pixels", payload: png([0, 0, 0, 0], [0, 0, 0, 1]), gives: { reject: "not-format" } },
  {
    name: "a PNG that claims 2^31 pixels a side",
    payload: png([0x80, 0, 0, 0], [0x80, 0, 0, 0]),
    gives: { reject: "not-format" },
  },
  { name: "a JPEG without a frame", payload: [...SOI, 0xff, 0xd9, 0, 0], gives: { reject: "not-format" } },
  { name: "a JPEG of a beginning only", payload: [...SOI, ...APP0], gives: { reject: "not-format" } },
  {
    name: "a JPEG whose segments claim no length",
    payload: [...SOI, 0xff, 0xe0, 0, 0, 0xff, 0xe0, 0, 0],
    gives: { reject: "not-format" },
  },
  { name: "a JPEG that goes on with rubbish", payload: [...SOI, 1, 2, 3, 4, 5], gives: { reject: "not-format" } },
  {
    name: "an SVG is no picture here: it can hold programs",
    payload: "<svg xmlns='http://www.w3.org/2000/svg'/>",
    gives: { reject: "not-format" },
  },
];
