import type { Value } from "../../lib/reading";
import { inWords, type SaidText, say } from "../../lib/texts/said";

/**
 * CSV as RFC 4180 has it, with LF or CRLF. Spreadsheets take a text that begins with = + - @, a tab or a carriage return for a
 * formula and run it (OWASP, "CSV Injection"): such a text gets an apostrophe before it, which `unguard` takes away again.
 */
const FORMULA = /^'*[=+\-@\t\r]/;
const GUARDED = /^'+[=+\-@\t\r]/;

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** A text as a cell. Quoted where it must be, and when empty: an empty cell without quotes is no value at all. */
export function textCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return safe === "" || /[",\r\n\t]|^\s|\s$/.test(safe) ? quoted(safe) : safe;
}

export const valueCell = (value: Value): string =>
  value === null ? "" : typeof value === "string" ? textCell(value) : String(value);

export const unguard = (cell: string): string => (GUARDED.test(cell) ? cell.slice(1) : cell);

export interface CsvCell {
  text: string;
  quoted: boolean;
}
export interface CsvRow {
  /** The line on which it begins, from 1. */
  line: number;
  cells: CsvCell[];
}

/** What cannot be CSV. */
export class CsvFault extends Error {
  constructor(readonly why: SaidText) {
    super(inWords(why));
  }
}

/** No cell that is meant is longer; a missing quote must not gather the rest of the file. */
const LONGEST_CELL = 70_000;
/** A table of readings has three columns, and spreadsheets add a few; a row without end must not gather the rest of the file. */
const MOST_CELLS = 100;

/** Reads CSV as it comes, in pieces cut anywhere. Throws a CsvFault when it cannot be CSV. */
export class CsvReader {
  #line = 1;
  #began = 1;
  #cells: CsvCell[] = [];
  #text = "";
  #quoted = false;
  #state: "plain" | "quotes" | "quote-seen" | "cr-seen" = "plain";

  /** The rows that end in this piece. */
  *feed(piece: string): Generator<CsvRow, void> {
    for (const char of piece) {
      const row = this.#take(char);
      if (row) yield row;
    }
  }

  /** What stood behind the last line break. */
  *end(): Generator<CsvRow, void> {
    if (this.#state === "quotes") throw new CsvFault(say("problem.quoteNotClosed", { line: this.#began }));
    if (this.#text !== "" || this.#quoted || this.#cells.length > 0) yield this.#row();
  }

  #take(char: string): CsvRow | undefined {
    if (this.#state === "quotes") {
      if (char === '"') this.#state = "quote-seen";
      else this.#add(char);
      if (char === "\n") this.#line++;
      return undefined;
    }
    const afterCr = this.#state === "cr-seen";
    if (afterCr) this.#state = "plain";
    if (char === "\n") {
      this.#line++;
      if (afterCr) {
        this.#began = this.#line;
        return undefined;
      }
      return this.#row();
    }
    if (char === '"' && this.#state === "quote-seen") {
      this.#add('"');
      this.#state = "quotes";
    } else if (char === '"' && this.#text === "" && !this.#quoted) {
      this.#quoted = true;
      this.#state = "quotes";
    } else if (char === ",") this.#cell();
    else if (char === "\r") {
      const row = this.#row();
      this.#state = "cr-seen";
      return row;
    } else this.#add(char);
    return undefined;
  }

  #add(char: string): void {
    if (this.#text.length >= LONGEST_CELL)
      throw new CsvFault(say("problem.cellTooLong", { line: this.#began, most: LONGEST_CELL }));
    this.#text += char;
  }

  #cell(): void {
    if (this.#cells.length >= MOST_CELLS)
      throw new CsvFault(say("problem.tooManyCells", { line: this.#began, most: MOST_CELLS }));
    this.#cells.push({ text: this.#text, quoted: this.#quoted });
    this.#text = "";
    this.#quoted = false;
    this.#state = "plain";
  }

  #row(): CsvRow {
    this.#cell();
    const row = { line: this.#began, cells: this.#cells };
    this.#cells = [];
    this.#began = this.#line;
    return row;
  }
}
