import { setImmediate as nextTurn } from "node:timers/promises";
import type { ImportOut } from "../../lib/api";
import { PointId } from "../../lib/ids";
import { MAX_IMPORT_BYTES } from "../../lib/importLimit";
import type { Value } from "../../lib/reading";
import { err, ok, type Result } from "../../lib/result";
import { inWords, type Said, say } from "../../lib/texts/said";
import { parseTime } from "../../lib/time";
import type { HistoryStore, LivePoint, LiveState, StoredReading } from "../ports";
import { type CsvCell, CsvFault, CsvReader, type CsvRow, unguard } from "./csv";
import type { Fault } from "./problem";

const BATCH = 2000;
/** Long texts are stored in smaller batches. */
const BATCH_CHARACTERS = 1_000_000;
/** So long the file may keep the event loop before what is live gets its turn. */
const TURN_MS = 10;
const MOST_REASONS = 100;
const MOST_UNKNOWN = 100;
const HEAD = ["point", "time", "value"] as const;
/** No device was on line before; what is later is a wrong clock. */
const EARLIEST = Date.UTC(1970, 0, 1);
const AHEAD_MS = 86_400_000;
const LONGEST_TEXT = 65_536;

export interface ImportAsk {
  body: AsyncIterable<Uint8Array>;
  live: LiveState;
  history: HistoryStore;
  now: number;
  /** Filled while the file is read: what stands in it when the sending breaks off is true. */
  report: ImportOut;
}

export const emptyReport = (dryRun: boolean): ImportOut => ({
  dryRun,
  rows: 0,
  added: 0,
  known: 0,
  refused: 0,
  reasons: [],
  unknown: [],
  points: 0,
  from: null,
  to: null,
});

/**
 * Reads a CSV of readings with the columns point, time (ISO 8601 or epoch ms) and value, in any order of columns and rows, with
 * constant memory. A line that does not fit is refused and told; the others are added, each once, however often it is imported.
 */
export async function importHistory({
  body,
  live,
  history,
  now,
  report,
}: ImportAsk): Promise<Result<ImportOut, Fault>> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  /** Without a piece: what is left of the last one. */
  const text = (piece?: Uint8Array): string => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch {
      // The decoder's only way to say that it is not UTF-8.
      throw new NotUtf8();
    }
  };
  const csv = new CsvReader();
  let columns: Record<(typeof HEAD)[number], number> | undefined;
  let width = 0;
  let batch: StoredReading[] = [];
  let characters = 0;
  let turnBegan = performance.now();
  let bytes = 0;
  const { dryRun } = report;
  const points = new Set<PointId>();
  const unknown = new Map<string, { point: string; rows: number }>();

  async function store(): Promise<void> {
    const readings = batch;
    batch = [];
    characters = 0;
    if (dryRun || readings.length === 0) return;
    const { added, known } = await history.add(readings);
    report.added += added;
    report.known += known;
  }

  function fits(reading: StoredReading): void {
    batch.push(reading);
    if (typeof reading.value === "string") characters += reading.value.length;
    points.add(reading.point);
    report.points = points.size;
    report.from = Math.min(report.from ?? reading.at, reading.at);
    report.to = Math.max(report.to ?? reading.at, reading.at);
  }

  function refuse(line: number, { reason, unknownPoint }: Refusal): void {
    report.refused++;
    if (report.reasons.length < MOST_REASONS) report.reasons.push({ line, reason: inWords(reason) });
    if (unknownPoint === undefined) return;
    const seen = unknown.get(unknownPoint);
    if (seen) seen.rows++;
    else if (unknown.size < MOST_UNKNOWN) {
      const entry = { point: unknownPoint, rows: 1 };
      unknown.set(unknownPoint, entry);
      report.unknown.push(entry);
    }
  }

  const isTurnOver = (): boolean => performance.now() - turnBegan >= TURN_MS;
  async function beginTurn(): Promise<void> {
    await nextTurn();
    turnBegan = performance.now();
  }

  async function take(rows: Iterable<CsvRow>): Promise<Fault | undefined> {
    for (const row of rows) {
      if (isTurnOver()) await beginTurn();
      if (row.cells.length === 1 && row.cells[0]?.text === "") continue;
      if (!columns) {
        columns = readHead(row);
        width = row.cells.length;
        if (!columns) return { status: 400, detail: say("problem.noColumns") };
        continue;
      }
      report.rows++;
      const [point, time, value] = HEAD.map((name) => row.cells[columns?.[name] ?? -1]);
      const reading =
        row.cells.length === width
          ? readRow(live, now, point, time, value)
          : refusal(cellCount(row.cells.length, width));
      if (reading.ok) fits(reading.value);
      else refuse(row.line, reading.error);
      if (batch.length >= BATCH || characters >= BATCH_CHARACTERS) await store();
    }
    return undefined;
  }

  try {
    for await (const piece of body) {
      // A piece may hold no row's end: one row may be many pieces long.
      if (isTurnOver()) await beginTurn();
      bytes += piece.byteLength;
      if (bytes > MAX_IMPORT_BYTES)
        return err({ status: 413, detail: say("problem.fileTooLarge", { most: MAX_IMPORT_BYTES }) });
      const fault = await take(csv.feed(text(piece)));
      if (fault) return err(fault);
    }
    const fault = (await take(csv.feed(text()))) ?? (await take(csv.end()));
    if (fault) return err(fault);
  } catch (error) {
    // All else is not the file's fault.
    if (error instanceof CsvFault) return err({ status: 400, detail: say("problem.noCsv", { why: error.why }) });
    if (error instanceof NotUtf8) return err({ status: 400, detail: say("problem.fileNotUtf8") });
    throw error;
  }
  if (!columns) return err({ status: 400, detail: say("problem.fileEmpty") });
  await store();
  return ok(report);
}

function readHead({ cells }: CsvRow): Record<(typeof HEAD)[number], number> | undefined {
  const names = cells.map((cell) =>
    cell.text
      .replace(/^\uFEFF/, "")
      .trim()
      .toLowerCase(),
  );
  const [point, time, value] = HEAD.map((name) => names.indexOf(name)) as [number, number, number];
  return Math.min(point, time, value) < 0 ? undefined : { point, time, value };
}

class NotUtf8 extends Error {}

const cellCount = (cells: number, width: number): Said =>
  say(cells > width ? "problem.lineCellsMore" : "problem.lineCells", { cells, width });

/** Why a line does not fit. */
interface Refusal {
  reason: Said;
  unknownPoint?: string;
}
const refusal = (reason: Said): Result<never, Refusal> => err({ reason });

function readRow(
  live: LiveState,
  now: number,
  point: CsvCell | undefined,
  time: CsvCell | undefined,
  value: CsvCell | undefined,
): Result<StoredReading, Refusal> {
  if (!point || !time || !value) return refusal(say("problem.lineLacksCell"));
  const id = PointId.safeParse(unguard(point.text));
  const known = id.success ? live.get(id.data) : undefined;
  if (!known) {
    const unknownPoint = point.text.slice(0, 100);
    return err({ reason: say("problem.lineNoPoint", { point: unknownPoint }), unknownPoint });
  }
  const at = parseTime(time.text.trim());
  if (at === undefined || at < EARLIEST) return refusal(say("problem.lineNoTime", { time: time.text.slice(0, 40) }));
  if (at > now + AHEAD_MS) return refusal(say("problem.lineInFuture", { time: new Date(at).toISOString() }));
  const read = readValue(value, typeOf(known.info));
  return read.ok ? ok({ point: known.info.id, at, value: read.value }) : refusal(read.error);
}

/** Who has a unit, a range or digits measures something, also while no reading has shown so yet. */
function typeOf({ type, unit, precision, range, thresholds }: LivePoint["info"]): LivePoint["info"]["type"] {
  if (type !== undefined) return type;
  return [unit, precision, range, thresholds].some((said) => said !== undefined) ? "number" : undefined;
}

/** No number that is meant is longer. */
const LONGEST_NUMBER = 400;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const DECIMAL_COMMA = /^[+-]?\d+,\d+$/;
/** `1,234` is one and a bit to some and a thousand to others; nobody writes `0,234` for a thousand. */
const GROUPED = /^[+-]?[1-9]\d{0,2},\d{3}$/;

/** NaN: it is none. */
function readNumber(text: string): number {
  if (text.length > LONGEST_NUMBER) return Number.NaN;
  if (NUMBER.test(text)) return Number(text);
  return DECIMAL_COMMA.test(text) && !GROUPED.test(text) ? Number(text.replace(",", ".")) : Number.NaN;
}

const BOOLEANS: Record<string, boolean> = { true: true, false: false, on: true, off: false, 1: true, 0: false };

/** An empty cell is unknown; what the point's type leaves open is read by what it looks like. */
function readValue(cell: CsvCell, type: "number" | "boolean" | "text" | undefined): Result<Value, Said> {
  if (cell.text === "" && !cell.quoted) return ok(null);
  const text = cell.text.trim();
  if (type === "number") {
    const number = readNumber(text);
    if (Number.isFinite(number)) return ok(number);
    return GROUPED.test(text)
      ? err(say("problem.lineTwoNumbers", { value: text }))
      : err(say("problem.lineNoNumber", { value: text.slice(0, 40) }));
  }
  if (type === "boolean") {
    const boolean = BOOLEANS[text.toLowerCase()];
    return boolean === undefined ? err(say("problem.lineNoBoolean", { value: text.slice(0, 40) })) : ok(boolean);
  }
  if (type === undefined && text.length <= LONGEST_NUMBER && NUMBER.test(text) && Number.isFinite(Number(text)))
    return ok(Number(text));
  if (type === undefined && /^(true|false)$/i.test(text)) return ok(text.toLowerCase() === "true");
  const plain = unguard(cell.text);
  return plain.length > LONGEST_TEXT ? err(say("problem.lineTextTooLong", { most: LONGEST_TEXT })) : ok(plain);
}
