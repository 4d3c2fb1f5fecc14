import type { PointId } from "../../lib/ids";
import type { Value } from "../../lib/reading";
import type { HistoryCursor, HistoryStore } from "../ports";
import { textCell, valueCell } from "./csv";

const PAGE = 5000;

interface ExportFormat {
  type: string;
  head: string;
  line(point: PointId): (t: number, value: Value) => string;
}

/** How readings are written, a line each. */
export const EXPORT_FORMATS: Record<"csv" | "jsonl", ExportFormat> = {
  csv: {
    type: "text/csv; charset=utf-8; header=present",
    head: "point,time,value\r\n",
    line(point) {
      const cell = textCell(point);
      return (t, value) => `${cell},${new Date(t).toISOString()},${valueCell(value)}\r\n`;
    },
  },
  jsonl: {
    type: "application/jsonl; charset=utf-8",
    head: "",
    line(point) {
      const name = JSON.stringify(point);
      return (t, value) => `{"point":${name},"t":${t},"value":${JSON.stringify(value)}}\n`;
    },
  },
};

export interface ExportAsk {
  points: readonly PointId[];
  from: number;
  to: number;
  format: keyof typeof EXPORT_FORMATS;
}

/** Readings of one point after another, oldest first; a page is read when the receiver has taken the one before. */
export function exportStream(
  history: HistoryStore,
  { points, from, to, format }: ExportAsk,
): ReadableStream<Uint8Array> {
  const { head, line } = EXPORT_FORMATS[format];
  const encoder = new TextEncoder();
  const queue = [...points];
  let after: HistoryCursor | undefined;
  let text = head;
  return new ReadableStream(
    {
      async pull(controller) {
        while (text === "") {
          const [point] = queue;
          if (point === undefined) return controller.close();
          const page = await history.page({ point, from, to, limit: PAGE, after });
          const write = line(point);
          for (const [i, t] of page.t.entries()) text += write(t, page.value[i] ?? null);
          after = page.next;
          if (!after) queue.shift();
        }
        controller.enqueue(encoder.encode(text));
        text = "";
      },
    },
    { highWaterMark: 1 },
  );
}
