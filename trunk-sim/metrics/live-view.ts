import { createColors } from "picocolors";
import { printableLine } from "../../engine/model/printable-line.ts";
import type { MeterRow, MeterSnapshot, TrunkMeter } from "./trunk-meter.ts";
import { duration, formatTrunkTable, percent, rowsOf, type TrunkColumn } from "./trunk-table.ts";

/** What of a terminal's stream is used. */
export interface TerminalStream {
  readonly isTTY?: boolean;
  readonly rows?: number;
  write(text: string): unknown;
}

export interface LiveView {
  /** Writes a line above the picture, which else would be drawn over it. */
  print(line: string): void;
  /** Shows the last figures and gives the terminal back. Again: nothing. */
  stop(): void;
}

export interface LiveViewOptions {
  /** Left out: as picocolors finds (`NO_COLOR`, `FORCE_COLOR`, a terminal). */
  readonly color?: boolean;
  /** Left out: 1,000. */
  readonly everyMilliseconds?: number;
}

const REDRAW_MILLISECONDS = 1_000;
/** Of a terminal that does not tell. */
const USUAL_ROWS = 24;
/** Title, table border and heading, the row of all, and the line the cursor stands in. */
const LINES_AROUND_TRUNKS = 7;
const POOR_RATIO = 0.9;

const CURSOR_OFF = "\u001b[?25l";
const CURSOR_ON = "\u001b[?25h";
/** A line wider than the terminal is cut, not folded: folded, it would not be where it is drawn over. */
const FOLDING_OFF = "\u001b[?7l";
const FOLDING_ON = "\u001b[?7h";
const ERASE_BELOW = "\u001b[J";
const up = (lines: number): string => (lines === 0 ? "" : `\u001b[${lines}A\r`);

const COLUMNS: readonly TrunkColumn[] = [
  {
    head: "state",
    cell: ({ fault }) => (fault === null ? "up" : printableLine(fault)),
    paint: ({ fault }, colors) => (fault === null ? colors.green : colors.red),
  },
  { head: "calls", cell: ({ callsNow }) => String(callsNow) },
  { head: "calls/s", cell: ({ callsPerSecond }) => String(callsPerSecond) },
  { head: "attempts", cell: ({ attempts }) => String(attempts) },
  { head: "ASR", cell: (figures) => percent(figures.answerSeizureRatio) },
  {
    head: "NER",
    cell: (figures) => percent(figures.networkEffectivenessRatio),
    paint: (figures, colors) => (isPoor(figures) ? colors.yellow : null),
  },
  { head: "PDD p50", cell: ({ postDialDelay }) => duration(postDialDelay.p50) },
  { head: "PDD p99", cell: ({ postDialDelay }) => duration(postDialDelay.p99) },
  {
    head: "refused",
    cell: ({ refused }) => String(refused),
    paint: ({ refused }, colors) => (refused > 0 ? colors.yellow : null),
  },
];

function isPoor({ networkEffectivenessRatio: ratio }: MeterRow): boolean {
  return ratio !== null && ratio < POOR_RATIO;
}

/** Lines of one picture of the trunks, at most `most` trunks; the busiest are shown. */
export function liveLines(snapshot: MeterSnapshot, most: number, color: boolean): string[] {
  const colors = createColors(color);
  const title = `trunk-sim, ${Math.floor(snapshot.seconds)} s`;
  const rows = rowsOf(snapshot);
  const all = rows.length > snapshot.trunks.length ? rows.slice(-1) : [];
  const trunks = rows.slice(0, snapshot.trunks.length);
  const shown = trunks.length <= most ? trunks : busiest(trunks, most);
  const lines = [title, ...formatTrunkTable([...shown, ...all], COLUMNS, colors).split("\n")];
  const hidden = trunks.length - shown.length;
  return hidden === 0 ? lines : [...lines, `${hidden} more trunks, less busy`];
}

/**
 * Draws the trunks once a second, each picture over the one before. `null` = the stream is no terminal
 * and nothing is written.
 */
export function startLiveView(
  meter: TrunkMeter,
  stream: TerminalStream,
  options: LiveViewOptions = {},
): LiveView | null {
  if (stream.isTTY !== true) return null;
  const color = options.color ?? createColors().isColorSupported;
  let drawn = 0;
  const draw = (above = ""): void => {
    const most = Math.max(1, (stream.rows || USUAL_ROWS) - LINES_AROUND_TRUNKS);
    const lines = liveLines(meter.snapshot(), most, color);
    const picture = `${above}${FOLDING_OFF}${lines.join("\n")}\n${FOLDING_ON}`;
    stream.write(`${up(drawn)}${ERASE_BELOW}${picture}`);
    drawn = lines.length;
  };
  const restore = (): void => {
    stream.write(CURSOR_ON);
  };
  stream.write(CURSOR_OFF);
  process.once("exit", restore);
  draw();
  const timer = setInterval(draw, options.everyMilliseconds ?? REDRAW_MILLISECONDS);
  let isStopped = false;
  return {
    print(line): void {
      if (isStopped) stream.write(`${line}\n`);
      else draw(`${line}\n`);
    },
    stop(): void {
      if (isStopped) return;
      isStopped = true;
      clearInterval(timer);
      process.removeListener("exit", restore);
      draw();
      restore();
    },
  };
}

function busiest<Row extends { readonly figures: MeterRow }>(
  trunks: readonly Row[],
  most: number,
): readonly Row[] {
  const byCalls = [...trunks].sort((a, b) => b.figures.attempts - a.figures.attempts);
  const chosen = new Set(byCalls.slice(0, most));
  return trunks.filter((trunk) => chosen.has(trunk));
}
