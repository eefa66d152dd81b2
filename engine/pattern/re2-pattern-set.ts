import RE2 from "re2";

/** The longest number for which no memory is taken: validated input has at most 20 symbols. */
const MAX_SCRATCH_BYTES = 64;

/** What we use of the package; its own types would drag `any` into every caller. */
interface Re2Set {
  readonly match: (bytes: Buffer) => readonly number[];
}
interface Re2Pattern {
  readonly test: (bytes: Buffer) => boolean;
}
interface Re2Module {
  new (source: string): Re2Pattern;
  readonly Set: new (sources: readonly string[]) => Re2Set;
}
const Re2: Re2Module = RE2;

/** Many RE2 patterns asked at once. */
export interface Re2PatternSet {
  /**
   * Indices of the patterns that match somewhere in `bytes[start .. end)`, ascending. Valid until the
   * next call.
   */
  matches(bytes: Uint8Array, start: number, end: number): readonly number[];
}

/** Whether RE2 takes the pattern: its dialect, and not too large for its memory limit. */
export function isRe2Pattern(source: string): boolean {
  try {
    return new Re2(source) !== null;
  } catch {
    return false;
  }
}

/** Why RE2 does not take the pattern, in its own words; `null` when it does. */
export function re2Refusal(source: string): string | null {
  try {
    return new Re2(source) === null ? "refused" : null;
  } catch (error) {
    return error instanceof Error ? error.message : "refused";
  }
}

/** Whether a pattern that RE2 takes matches somewhere in a number. */
export function re2Tester(source: string): (number: string) => boolean {
  const compiled = new Re2(source);
  return (number) => compiled.test(Buffer.from(number));
}

/**
 * Compiles patterns of which each {@link isRe2Pattern} to as few `RE2.Set`s as RE2 accepts: a set that
 * passes its memory limit is halved until its parts compile.
 *
 * RE2 is fed Buffers: strings cost it several times as much, most of it conversion.
 */
export function compileRe2PatternSet(sources: readonly string[]): Re2PatternSet {
  const shards = shardsOf(sources, 0);
  const scratch = scratchBuffers();
  const found: number[] = [];
  const matches = (bytes: Uint8Array, start: number, end: number): readonly number[] => {
    const number = scratch[end - start] ?? Buffer.alloc(end - start);
    for (let i = start; i < end; i++) number[i - start] = bytes[i] ?? 0;
    found.length = 0;
    for (const shard of shards) {
      for (const index of matchesIn(shard, number)) found.push(shard.first + index);
    }
    return found.sort((a, b) => a - b);
  };
  return { matches };
}

/** Some of the patterns; `first` is the index of the first of them. */
interface Shard {
  readonly first: number;
  readonly sources: readonly string[];
  /** `null`: RE2 makes no set of it, its only pattern is asked alone. */
  readonly set: Re2Set | null;
}

function shardsOf(sources: readonly string[], first: number): readonly Shard[] {
  if (sources.length === 0) return [];
  const set = tryCompile(sources);
  if (set !== null || sources.length === 1) return [{ first, sources, set }];
  const middle = sources.length >> 1;
  return [
    ...shardsOf(sources.slice(0, middle), first),
    ...shardsOf(sources.slice(middle), first + middle),
  ];
}

function tryCompile(sources: readonly string[]): Re2Set | null {
  try {
    return new Re2.Set(sources);
  } catch {
    return null;
  }
}

function matchesIn({ set, sources }: Shard, number: Buffer): readonly number[] {
  try {
    if (set !== null) return set.match(number);
  } catch {
    // WHY: a set can run out of memory for its lazily built states while matching. Single patterns
    // then fall back to RE2's slower automaton instead of failing.
  }
  return sources.flatMap((source, index) => (new Re2(source).test(number) ? [index] : []));
}

/** One view for each length on the same memory, so that RE2 gets exactly the number's bytes. */
function scratchBuffers(): readonly Buffer[] {
  const memory = new ArrayBuffer(MAX_SCRATCH_BYTES);
  return Array.from({ length: MAX_SCRATCH_BYTES + 1 }, (_, length) =>
    Buffer.from(memory, 0, length),
  );
}
