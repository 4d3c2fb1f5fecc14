import { err, ok } from "../../result";
import { say } from "../../texts/said";
import { putMember } from "../binary";
import { type Json, textOf } from "../decoder";
import type { PlainFormat } from "../format";
import { type Line, readLine } from "./line";

/**
 * InfluxDB line protocol, as Telegraf sends it: an object with each field by its key, and beside them `measurement`, `tags` and `time`
 * (epoch seconds). Lines of one series are one object. Of lines of several, a field that more than one of them has is left out, since no
 * path says which one is meant, and so is what differs of the rest.
 */
export const influx: PlainFormat = {
  id: "influx",
  label: "formats.influx",
  reads: "InfluxDB line protocol (Telegraf): each field by its key, and beside them `measurement`, `tags` and `time`",
  type: undefined,
  structured: true,
  decode(payload) {
    const text = textOf(payload);
    if (!text.ok) return text;
    const lines = linesOf(text.value);
    return lines ? ok(documentOf(lines)) : err({ code: "not-format", message: say("reject.notInflux") });
  },
  encode: () => null,
  // "pump state=1" may be anything; tags, or a time of today, are hardly anything else.
  isLikely(payload) {
    const first = payload[0];
    if (first === undefined || first === 0x7b || first === 0x5b || payload.length > LIKELY_BYTES) return false;
    const text = textOf(payload);
    const lines = text.ok ? linesOf(text.value) : undefined;
    return lines?.every(isClear) === true;
  },
};

const LIKELY_BYTES = 16 * 1024;
const MAX_LINES = 2000;

/** Undefined where one of the lines is none, or there is none at all. */
function linesOf(text: string): Line[] | undefined {
  const lines: Line[] = [];
  for (const row of text.split("\n")) {
    const line = row.replace(/\r$/, "").replace(/^ +/, "");
    if (line === "" || line.startsWith("#")) continue;
    const read = lines.length < MAX_LINES ? readLine(line) : undefined;
    if (!read) return undefined;
    lines.push(read);
  }
  return lines.length > 0 ? lines : undefined;
}

const isClear = ({ measurement, tags, time }: Line): boolean =>
  /^[\p{L}_][\p{L}\p{N}_.:/-]*$/u.test(measurement) && (tags.size > 0 || (time !== undefined && time > 1e9));

const seriesOf = ({ measurement, tags }: Line): string => JSON.stringify([measurement, [...tags].sort()]);

function documentOf(lines: readonly Line[]): Json {
  const owners = new Map<string, { series: string; value: Json } | undefined>();
  const series = new Set<string>();
  for (const line of lines) {
    const own = seriesOf(line);
    series.add(own);
    for (const [key, value] of line.fields) {
      const there = owners.has(key);
      const owner = owners.get(key);
      owners.set(key, !there || owner?.series === own ? { series: own, value } : undefined);
    }
  }
  const document: { [key: string]: Json } = {};
  const last = lines.at(-1) as Line;
  if (new Set(lines.map(({ measurement }) => measurement)).size === 1) document.measurement = last.measurement;
  if (series.size === 1) {
    const tags: { [key: string]: Json } = {};
    for (const [key, value] of last.tags) putMember(tags, key, value);
    document.tags = tags;
  }
  if (last.time !== undefined && lines.every(({ time }) => series.size === 1 || time === last.time))
    document.time = last.time;
  // A field called "time" is the sender's own.
  for (const [key, owner] of owners) if (owner) putMember(document, key, owner.value);
  return document;
}
