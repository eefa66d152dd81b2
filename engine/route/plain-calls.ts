import type { CompiledTenant } from "../compile/compiled-tenant.ts";
import { NO_MATCH } from "../compile/match-sets.ts";
import { hashOfWords } from "../compile/number-hash.ts";
import { findHashed, mayBeOnNet, type OnNetTable } from "../compile/on-net-table.ts";
import type { RouteMatcher } from "../compile/route-matcher.ts";
import { callerAt, isMeetingPlace, NONE } from "./call-place.ts";
import { alwaysCovers } from "./conclude.ts";
import type { DialPlanRules } from "./dial-plan-rules.ts";
import type { DialedNumber } from "./dialed-number.ts";
import type { LaneWalk } from "./lane-walk.ts";
import type { ClosedLane, Lane } from "./lanes.ts";
import { NO_CALLER_ID, NOT_KEPT, ON_NET_OUTLINE, RESTRICTED_OUTLINE } from "./outline.ts";
import { placedOutline } from "./outline-cache.ts";
import { allowsDestination } from "./restricted-destination.ts";
import { turnOf } from "./turn.ts";
import { MAX_WORDS_LENGTH, MIN_WORDS_LENGTH, WordsInView } from "./words-in-view.ts";

const PLUS = 0x2b;
/** In four bytes each: the digit 0, `+` and three of them, what overflows from digits only, high bits. */
const ZEROS = 0x30303030;
const PLUS_AND_ZEROS = 0x3030302b;
const SIXES = 0x06060606;
const HIGH_BITS = 0xf0f0f0f0;

/** The call is not plain: it must be walked step by step. */
export const NOT_PLAIN = -1;

/** What `ready` says of a place of the caller tables: nothing yet, or that none of its calls are plain. */
const UNSEEN = 0;
const NEVER_PLAIN = -1;

/** Words that the rows of all lanes may have together, 16 MB; lanes past it do without. */
const MAX_ROW_WORDS = 2 ** 22;

const NO_ROW = new Int32Array(0);

/** A lane whose calls are plain. */
interface PlainLane {
  readonly lane: Lane;
  readonly matcher: RouteMatcher;
  /** Whether the numbers of its calls are looked up on-net. */
  readonly looksUp: boolean;
  /** Whether it also takes the numbers that no route takes. */
  readonly coversAll: boolean;
  /** A dial plan may rewrite numbers without `+`. */
  readonly hasLocalRules: boolean;
  /** Place of the outlines in the cache by match set; 0 = not known (any more). */
  row: Int32Array;
}

/** What plain calls are decided by. */
export interface PlainGround {
  readonly compiled: CompiledTenant;
  readonly seed: number;
  /** Shared with the walk, like the number at hand. */
  readonly lower: LaneWalk;
  readonly number: DialedNumber;
  readonly dialPlans: DialPlanRules;
  readonly laneAt: (at: number) => Lane | ClosedLane;
}

/**
 * Decides what nearly all calls of a stream are, in one go: a caller who may call and whose dial plan
 * leaves the number alone dials 9 to 16 symbols, `+` and digits or digits only, too many for an
 * emergency number. Which callers these are is settled once for each; a call then costs the reading of its number, the filter of
 * own numbers, one walk through the policy's table, and one look-up by what this matched.
 *
 * All other calls are {@link NOT_PLAIN}. Which ones depends on the tenant and the call alone, never on
 * what was decided before, so that they can be counted. Where both can decide, the answers are equal.
 */
export class PlainCalls {
  private readonly ground: PlainGround;
  // WHY again what the ground holds: every step on the way to it costs each call a nanosecond.
  private readonly lower: LaneWalk;
  private readonly number: DialedNumber;
  private readonly words = new WordsInView();
  private readonly onNet: OnNetTable;
  private readonly orders: Uint8Array;
  private readonly seed: number;
  private readonly minLength: number;
  private readonly callerCallerIds: Int32Array;
  /** By place of the caller tables: {@link UNSEEN}, {@link NEVER_PLAIN}, or 1 + index into `lanes`. */
  private readonly ready: Int32Array;
  private readonly lanes: PlainLane[] = [];
  /** Index into `lanes` by class, and what else tells lanes apart. */
  private readonly laneOf = new Map<number, number>();
  private rowWords = 0;

  constructor(ground: PlainGround) {
    const { compiled, lower, number, seed } = ground;
    this.ground = ground;
    this.lower = lower;
    this.number = number;
    this.onNet = compiled.onNet;
    this.orders = lower.outlines.orders;
    this.seed = seed;
    this.minLength = Math.max(MIN_WORDS_LENGTH, compiled.emergency.longest + 1);
    this.callerCallerIds = compiled.callerCallerIds;
    this.ready = new Int32Array(compiled.callerClasses.length);
    lower.outlines.onClear(() => this.forgetRows());
  }

  /**
   * Index of the outline of a call that did not come in by a gateway; {@link NOT_PLAIN} = walk it. What
   * it has met before allocates nothing.
   *
   * WHY in one piece: V8 compiles so many small functions into one and no more. Each of these steps that
   * is a call of its own costs a tenth of the time.
   *
   * @param at - See `callPlace`.
   */
  outline(at: number, bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (length < this.minLength || length > MAX_WORDS_LENGTH) return NOT_PLAIN;
    const plain = this.lanes[(this.ready[at] ?? UNSEEN) - 1];
    if (plain === undefined) return this.prepare(at, bytes, start, end);
    const { words, number, lower } = this;
    if (!words.shows(bytes, start, end)) return this.outlineFromAfar(at, bytes, start, end);

    const { view } = words;
    const a = view.getInt32(start, true);
    const b = view.getInt32(start + 4, true);
    const c = view.getInt32(end - 8, true);
    const d = view.getInt32(end - 4, true);
    const hasPlus = (a & 0xff) === PLUS;
    if (!hasPlus && plain.hasLocalRules) return NOT_PLAIN;
    // Digits: no high bits are left of a byte without those of "0", and none come up when 6 is added.
    const w = hasPlus ? a ^ PLUS_AND_ZEROS : a ^ ZEROS;
    const x = b ^ ZEROS;
    const y = c ^ ZEROS;
    const z = d ^ ZEROS;
    const sums = (w + SIXES) | (x + SIXES) | (y + SIXES) | (z + SIXES);
    if (((w | x | y | z | sums) & HIGH_BITS) !== 0) return NOT_PLAIN;
    const hash = hashOfWords(a, b, c, d);
    const turn = turnOf(this.seed, hash);
    number.stand(bytes, start, end, hash);

    if (plain.looksUp && mayBeOnNet(this.onNet, hash) && this.isOnNet()) {
      lower.callerId = NO_CALLER_ID;
      return ON_NET_OUTLINE;
    }
    lower.callerId = this.callerCallerIds[at] ?? 0;
    const matched = plain.matcher.matchDigits(bytes, start, end);
    const { row } = plain;
    const place = matched < row.length ? (row[matched] ?? 0) : 0;
    if (place === 0) return this.learn(plain, matched);
    return placedOutline(place, this.orders, turn);
  }

  /** A number that is not in view. */
  private outlineFromAfar(at: number, bytes: Uint8Array, start: number, end: number): number {
    const { words } = this;
    const from = words.show(bytes, start, end);
    return this.outline(at, words.bytes, from, from + end - start);
  }

  private isOnNet(): boolean {
    const { number, onNet } = this;
    return findHashed(onNet, number.hash, number.bytes, number.start, number.end) >= 0;
  }

  /** Settles whether the calls of a place can be plain. */
  private prepare(at: number, bytes: Uint8Array, start: number, end: number): number {
    if (this.ready[at] !== UNSEEN) return NOT_PLAIN;
    this.ready[at] = this.plainLaneAt(at);
    return this.outline(at, bytes, start, end);
  }

  private plainLaneAt(at: number): number {
    const { compiled, dialPlans, laneAt } = this.ground;
    const lane = laneAt(at);
    const { plus, local } = dialPlans.concern(callerAt(at));
    if (lane.refused !== null || plus) return NEVER_PLAIN;
    const looksUp = !isMeetingPlace(at) || compiled.options.onNetForMeetings;
    const key = lane.id * 4 + (looksUp ? 2 : 0) + (local ? 1 : 0);
    const known = this.laneOf.get(key);
    if (known !== undefined) return known + 1;
    const { matcher, routing } = lane;
    const coversAll = alwaysCovers(routing.noMatch);
    const hasLocalRules = local;
    const row = NO_ROW;
    this.lanes.push({ lane, matcher, looksUp, coversAll, hasLocalRules, row });
    this.laneOf.set(key, this.lanes.length - 1);
    return this.lanes.length;
  }

  /** A call that has no place in its lane's row: where it leads is remembered if the row can tell. */
  private learn(plain: PlainLane, matched: number): number {
    const { lower, number } = this;
    const { lane, coversAll } = plain;
    const { restriction } = lane.routing;
    const isRestricted = lane.isRestricted && restriction !== null;
    if (isRestricted && !allowsDestination(restriction, number, lower.country)) {
      lower.callerId = NO_CALLER_ID;
      return RESTRICTED_OUTLINE;
    }
    const index = lower.select(lane, NONE);
    // WHY: restrictions, and calling plans without a route, look at more of a number than the table does.
    const isByTable = !isRestricted && (matched !== NO_MATCH || coversAll);
    if (index === NOT_KEPT || !isByTable) return index;
    if (plain.row.length === 0) this.giveRow(plain);
    if (matched < plain.row.length) {
      plain.row[matched] = lower.outlines.place(lane.id, matched, NONE);
    }
    return index;
  }

  private giveRow(plain: PlainLane): void {
    const words = plain.matcher.stableIds;
    if (this.rowWords + words > MAX_ROW_WORDS) return;
    this.rowWords += words;
    plain.row = new Int32Array(words);
  }

  private forgetRows(): void {
    for (const plain of this.lanes) plain.row = NO_ROW;
    this.rowWords = 0;
  }
}
