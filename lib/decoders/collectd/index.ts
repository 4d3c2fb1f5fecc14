import { err, ok } from "../../result";
import { say } from "../../texts/said";
import { type Json, textOf } from "../decoder";
import type { PlainFormat } from "../format";

const NUMBER = "[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d{1,3})?";
const LINE = new RegExp(`^(\\d{9,10}(?:\\.\\d{1,9})?)((?::(?:${NUMBER}|[Uu]|[+-]?nan|[+-]?inf))+)\\0?\\s*$`, "i");

/**
 * The payloads of collectd's mqtt plugin: `epoch:v1[:v2…]` and a NUL. Gives an object with `time` (epoch seconds) and `value`, or
 * `value1`, `value2`, … where the data set has several (rx and tx, the three loads). `U`, NaN and infinities are unknown.
 */
export const collectd: PlainFormat = {
  id: "collectd",
  label: "formats.collectd",
  reads: "collectd's `epoch:value`, as `time` and `value` (`value1`, `value2`, … where there are several)",
  type: undefined,
  structured: true,
  decode(payload) {
    const text = textOf(payload);
    if (!text.ok) return text;
    const line = text.value.length > 2000 ? null : LINE.exec(text.value);
    if (!line) return err({ code: "not-format", message: say("reject.notCollectd") });
    const values = (line[2] as string).slice(1).split(":").map(finite);
    const document: { [key: string]: Json } = { time: Number(line[1]) };
    for (const [i, value] of values.entries()) document[values.length === 1 ? "value" : `value${i + 1}`] = value;
    return ok(document);
  },
  encode: () => null,
  // Hardly any other sender ends a text with a NUL.
  isLikely: (payload) => payload.at(-1) === 0,
  soleMember: "value",
};

function finite(text: string): number | null {
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}
