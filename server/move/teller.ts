/** Work that was done, or is to be done. */
export interface Amount {
  rows: number;
  bytes: number;
}

export interface Beginning {
  from: string;
  to: string;
  total: Amount;
  /** It goes on where an earlier run ended. */
  resumed: boolean;
  /** Why what an earlier run has copied is not used. */
  again?: string;
  /** What has no place there, as sentences. */
  left: readonly string[];
  /** Tables of other programs, which stay where they are. */
  strange: readonly string[];
}

export type Phase = "copy" | "compare";

/** Hears how a move goes on. */
export interface Teller {
  begin(about: Beginning): void;
  /** `earlier`: by a run before this one. Throws Stopped when the person has asked to stop. */
  did(phase: Phase, done: Amount, earlier?: boolean): void;
}

/** The person has asked to stop. */
export class Stopped extends Error {}

export interface TerminalParts {
  write(text: string): void;
  /** A line may be written over. */
  isTerminal: boolean;
  /** Monotonic, in ms. */
  now(): number;
  stopped(): boolean;
}

const PHASES: Record<Phase, string> = { copy: "Copying  ", compare: "Comparing" };
/** In a terminal; elsewhere a line each ten per cent. */
const EVERY_MS = 100;
const EVERY_PERCENT = 10;

/** Shows in a terminal how a move goes on: rows, per cent, time left. */
export function createTerminalTeller({ write, isTerminal, now, stopped }: TerminalParts): Teller & { end(): void } {
  let total: Amount = { rows: 0, bytes: 0 };
  let phase: Phase | undefined;
  let done: Amount = { rows: 0, bytes: 0 };
  let earlier = 0;
  let began = 0;
  let shownAt = Number.NEGATIVE_INFINITY;
  let shownPercent = -1;

  function show(last: boolean): void {
    const part = last ? 1 : Math.min(1, done.bytes / Math.max(1, total.bytes));
    const percent = Math.floor(part * 100);
    const due = isTerminal ? now() - shownAt >= EVERY_MS : percent >= shownPercent + EVERY_PERCENT;
    if (phase === undefined || (!due && !last) || (last && percent === shownPercent && !isTerminal)) return;
    shownAt = now();
    shownPercent = percent;
    const rows = `${count(last ? total.rows : done.rows)} of ${count(total.rows)} rows`;
    const mine = (done.bytes - earlier) / Math.max(1, total.bytes);
    const left = part < 1 && mine > 0.01 ? `, ${duration(((now() - began) * (1 - part)) / mine)} left` : "";
    const line = `${PHASES[phase]} ${String(percent).padStart(3)} %  ${rows}${left}`;
    write(isTerminal ? `\r${line}\u001b[K${last ? "\n" : ""}` : `${line}\n`);
  }

  function enter(next: Phase | undefined): void {
    if (phase !== undefined) show(true);
    phase = next;
    done = { rows: 0, bytes: 0 };
    earlier = 0;
    began = now();
    shownPercent = -1;
  }

  return {
    begin(about) {
      total = about.total;
      write(`Moving ${about.from}\n    to ${about.to}\n`);
      write(`${count(total.rows)} rows, ${(total.bytes / 1e6).toFixed(1)} MB\n`);
      if (about.again !== undefined) write(`An earlier move into it is begun anew: ${about.again}.\n`);
      else if (about.resumed) write("Going on where an earlier run ended.\n");
      for (const one of about.left) write(`Not moved: ${one}.\n`);
      if (about.strange.length > 0) write(`Not Telltale's, and not moved: ${about.strange.join(", ")}.\n`);
    },
    did(next, amount, before = false) {
      if (next !== phase) enter(next);
      done = { rows: done.rows + amount.rows, bytes: done.bytes + amount.bytes };
      if (before) earlier += amount.bytes;
      if (stopped()) {
        if (isTerminal) write("\n");
        throw new Stopped();
      }
      show(false);
    },
    end: () => enter(undefined),
  };
}

const count = (n: number): string => Math.round(n).toLocaleString("en");

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
