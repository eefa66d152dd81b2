import { hostPort, type ListenAddress, type SipPeer } from "../sip/sip-peer.ts";
import { outlineOf } from "./message-outline.ts";
import type { TappedMessage } from "./tapped-message.ts";
import { cellsOf, fitCells } from "./text-cells.ts";

/** Messages that are drawn; the rest is counted in the last line. */
const MAX_LADDER_MESSAGES = 1_000;

/** From one lifeline to the next: less could not say what a message is, more only spreads it. */
const NARROWEST_GAP = 16;
const WIDEST_GAP = 40;

export interface LadderOptions {
  /** Cells of the terminal; no line is longer. */
  readonly width: number;
  /**
   * What an end is called: ends of the same name share a lifeline. Its address and port where this gives
   * `undefined`, or is left out.
   */
  nameOf?(end: SipPeer | ListenAddress): string | undefined;
}

/** One message, ready to be drawn from one lifeline to another. */
interface Rung {
  readonly time: string;
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

interface Ladder {
  readonly names: readonly string[];
  readonly rungs: readonly Rung[];
  readonly omitted: number;
}

/**
 * The message flow of a call as lines of text, in the order of the messages given: a lifeline for each end,
 * the tapped one first, an arrow for each message, and the time since the first in milliseconds. `+ SDP` =
 * it carries a session description; `(again)` = the same text went the same way before. A response to
 * another request than INVITE names it. Where the lifelines do not fit side by side, each message is a line
 * of words instead. Nothing of a message can steer the terminal.
 *
 * ```
 *     ms        outdial           contoso-london
 *    0.0           │──── INVITE + SDP ────▶│
 *    1.4           │◀──── 100 Trying ──────│
 * ```
 */
export function ladderLines(
  messages: readonly TappedMessage[],
  options: LadderOptions,
): readonly string[] {
  const ladder = layOut(messages, options);
  if (ladder.rungs.length === 0) return [];
  const timeCells = Math.max(4, ...ladder.rungs.map((rung) => rung.time.length));
  const gap = Math.floor((options.width - timeCells - 1) / ladder.names.length);
  const lines =
    gap < NARROWEST_GAP
      ? wordLines(ladder, timeCells)
      : drawnLines(ladder, timeCells, Math.min(gap, WIDEST_GAP));
  const { omitted } = ladder;
  const more = omitted === 0 ? [] : [`and ${omitted} more message${omitted === 1 ? "" : "s"}`];
  return [...lines, ...more].map((line) => fitCells(line, options.width));
}

function layOut(messages: readonly TappedMessage[], { nameOf }: LadderOptions): Ladder {
  const columns = new Map<string, number>();
  const columnOf = (end: SipPeer | ListenAddress): number => {
    const name = nameOf?.(end) ?? hostPort(end);
    const known = columns.get(name);
    if (known !== undefined) return known;
    columns.set(name, columns.size);
    return columns.size - 1;
  };
  const shown = messages.slice(0, MAX_LADDER_MESSAGES);
  const began = shown[0]?.at ?? 0;
  const seen = new Set<string>();
  const rungs = shown.map(({ at, direction, message, peer, local }) => {
    const own = columnOf(local);
    const other = columnOf(peer);
    const way = direction === "sent" ? [own, other] : [other, own];
    const [from = 0, to = 0] = way;
    const key = `${from} ${to} ${message}`;
    const label = labelOf(message, seen.has(key));
    seen.add(key);
    return { time: (at - began).toFixed(1), from, to, label };
  });
  return { names: [...columns.keys()], rungs, omitted: messages.length - shown.length };
}

function labelOf(message: string, isAgain: boolean): string {
  const { title, method, isRequest, hasSdp } = outlineOf(message);
  const isOfInvite = isRequest || method === null || method === "INVITE";
  const words = [title];
  if (!isOfInvite) words.push(`(${method})`);
  if (hasSdp) words.push("+ SDP");
  if (isAgain) words.push("(again)");
  return words.join(" ");
}

function drawnLines(ladder: Ladder, timeCells: number, gap: number): string[] {
  const { names, rungs } = ladder;
  const half = Math.floor(gap / 2);
  const heads = names.map((name) => centred(fitCells(name, gap - 2), gap, " "));
  const head = `${"ms".padStart(timeCells)} ${heads.join("")}`.trimEnd();
  return [
    head,
    ...rungs.map((rung) => {
      const cells = lifelines(names.length, gap, half, rung);
      return `${rung.time.padStart(timeCells)} ${cells}`.trimEnd();
    }),
  ];
}

/** All lifelines with one arrow over those between its ends. */
function lifelines(count: number, gap: number, half: number, { from, to, label }: Rung): string {
  // An end that talks to itself: a short arrow that leads back.
  const [left, right] = [Math.min(from, to), from === to ? from + 1 : Math.max(from, to)];
  const isRightward = to >= from;
  const between = (right - left) * gap - 1;
  const text = ` ${fitCells(label, between - 5)} `;
  const line = centred(text, between - 1, "─");
  const arrow = isRightward ? `${line}▶` : `◀${line}`;
  let drawn = " ".repeat(half);
  for (let column = 0; column < count; column++) {
    drawn += "│";
    if (column === left) {
      drawn += from === to ? `${arrow.slice(0, -1)}┐` : arrow;
      column = right - 1;
    } else {
      drawn += " ".repeat(gap - 1);
    }
  }
  return drawn;
}

function centred(text: string, cells: number, fill: string): string {
  const missing = Math.max(0, cells - cellsOf(text));
  const before = Math.floor(missing / 2);
  return fill.repeat(before) + text + fill.repeat(missing - before);
}

function wordLines({ names, rungs }: Ladder, timeCells: number): string[] {
  return rungs.map(({ time, from, to, label }) => {
    const way = `${names[from] ?? ""} → ${names[to] ?? ""}`;
    return `${time.padStart(timeCells)} ${way}: ${label}`;
  });
}
