import { expect, test } from "vitest";
import { decoders } from "../registry";

const read = (text: string) => {
  const document = decoders.influx.decode(new TextEncoder().encode(text));
  return document.ok ? document.value : document.error.code;
};
const isLikely = (text: string) => decoders.influx.isLikely?.(new TextEncoder().encode(text));

test("DC-150: line protocol is an object with each field by its key, and measurement, tags and time beside them", () => {
  expect(read("disk,host=attic-pi,path=/srv free=81230114816i,used_percent=41.27 1700000000123456789")).toEqual({
    measurement: "disk",
    tags: { host: "attic-pi", path: "/srv" },
    time: 1700000000.123,
    free: 81230114816,
    used_percent: 41.27,
  });
  expect(read('a\\ b,c\\,d=e\\=f g\\ h="i, \\"j\\" = k",l=t,m=FALSE,n=-1.5e-3,o=7u')).toEqual({
    measurement: "a b",
    tags: { "c,d": "e=f" },
    "g h": 'i, "j" = k',
    l: true,
    m: false,
    n: -0.0015,
    o: 7,
  });
  // Whole numbers beyond 2^53 keep their digits; a field may be called as anything.
  expect(read("m x=9007199254740993i,__proto__=1,time=5 1700000000")).toEqual({
    measurement: "m",
    tags: {},
    x: "9007199254740993",
    ["__proto__"]: 1,
    time: 5,
  });
  expect(
    [1700000000, 1700000000123, 1700000000123456].map((time) => (read(`m x=1 ${time}`) as { time: number }).time),
  ).toEqual([1700000000, 1700000000.123, 1700000000.123]);
});

test("DC-150: lines of one series are one object; what several series have in common is left out", () => {
  expect(read("stove,c=Q1 watts=512\n# a comment\n\nstove,c=Q1 temp=38.5,watts=513\r\n")).toEqual({
    measurement: "stove",
    tags: { c: "Q1" },
    watts: 513,
    temp: 38.5,
  });
  expect(
    read("disk,path=/ used=1,inodes=2 1700000000\ndisk,path=/srv used=3 1700000000\nmem free=4 1700000000"),
  ).toEqual({
    time: 1700000000,
    inodes: 2,
    free: 4,
  });
});

test("DC-150: it is recognised only with tags or with a time, and never in what is JSON or a sentence", () => {
  expect(isLikely("stove,command=Q1 temp=38.5")).toBe(true);
  expect(isLikely("stove temp=38.5 1700000000000000000")).toBe(true);
  for (const text of ["stove temp=38.5", "a=b c=5", "hello, x=1 y=2", "{}", "12 a=1", "lat=1,lon=2", "x,y=1 z"])
    expect([text, isLikely(text)]).toEqual([text, false]);
});
