import { invariant } from "../model/engine-error.ts";
import type { CompiledTenant } from "./compiled-tenant.ts";
import { PatternCache } from "./pattern-cache.ts";
import type { MatchBanks, PatternList } from "./policy-table.ts";
import { createRouteMatcher, type RouteMatcher } from "./route-matcher.ts";
import { bytesOfBanks } from "./table-bytes.ts";
import { TableCompiler } from "./table-compiler.ts";

/** Memory for the tables of a tenant in one thread; past it, those not used lately are dropped. */
export const MAX_TABLE_BYTES = 96 * 1024 * 1024;

/**
 * The tables of a tenant's policies in one thread, each compiled when a number is first matched against
 * it, and dropped when all together are too large and others were used since. What was dropped is
 * compiled again when it is asked for, and comes out the same, so that match set ids keep their meaning.
 */
export class PolicyTables {
  private readonly lists: readonly PatternList[];
  private readonly compiler: TableCompiler;
  private readonly maxBytes: number;
  private readonly matchers: (LazyMatcher | undefined)[] = [];
  /** Those that have their table now; `hand` goes round them, looking for one to drop. */
  private readonly loaded: LazyMatcher[] = [];
  private hand = 0;
  private loadedBytes = 0;
  private compilations = 0;

  constructor(
    lists: readonly PatternList[],
    compiler: TableCompiler,
    maxBytes: number = MAX_TABLE_BYTES,
  ) {
    this.lists = lists;
    this.compiler = compiler;
    this.maxBytes = maxBytes;
  }

  /** How many tables were compiled so far, those that were compiled again counted again. */
  get compiledTables(): number {
    return this.compilations;
  }

  /** What the tables that are there now take; at most the limit, or one table larger than that. */
  get bytes(): number {
    return this.loadedBytes;
  }

  /** The tables that are there now, for another thread to {@link adopt}. */
  share(): readonly SharedTable[] {
    return this.matchers.flatMap((matcher, list) => {
      const banks = matcher?.banks ?? null;
      return banks === null ? [] : [{ list, banks }];
    });
  }

  /** Takes tables of the same tenant that another thread has compiled, as far as there is room. */
  adopt(tables: readonly SharedTable[]): void {
    for (const { list, banks } of tables) {
      if (this.loadedBytes + bytesOfBanks(banks) > this.maxBytes) return;
      this.matcher(list).adopt(banks);
    }
  }

  /** The matcher of a pattern list; it compiles its table when first asked. */
  matcher(list: number): LazyMatcher {
    const known = this.matchers[list];
    if (known !== undefined) return known;
    const patterns = this.lists[list];
    invariant(patterns !== undefined, `there is no pattern list ${list}`);
    const matcher = new LazyMatcher(
      () => this.compile(patterns),
      (bytes) => this.enter(matcher, bytes),
    );
    this.matchers[list] = matcher;
    return matcher;
  }

  private compile({ sources, ranks }: PatternList): MatchBanks {
    this.compilations++;
    return this.compiler.compile(sources, ranks);
  }

  private enter(matcher: LazyMatcher, bytes: number): void {
    this.makeRoom(bytes);
    this.loaded.push(matcher);
    this.loadedBytes += bytes;
  }

  /** Gives every table that was used since the hand last passed it a second chance. */
  private makeRoom(bytes: number): void {
    const { loaded } = this;
    while (loaded.length > 0 && this.loadedBytes + bytes > this.maxBytes) {
      if (this.hand >= loaded.length) this.hand = 0;
      const matcher = loaded[this.hand];
      if (matcher?.wasUsed === true) {
        matcher.wasUsed = false;
        this.hand++;
        continue;
      }
      this.loadedBytes -= matcher?.drop() ?? 0;
      const last = loaded.pop();
      if (last !== undefined && last !== matcher) loaded[this.hand] = last;
    }
  }
}

/** A table on its way to another thread, which then shares its memory. */
export interface SharedTable {
  /** Index of its pattern list. */
  readonly list: number;
  readonly banks: MatchBanks;
}

/** A matcher that has its table only while it is needed. */
class LazyMatcher implements RouteMatcher {
  /** A number was matched since the table came, or since this was last cleared. */
  wasUsed = false;
  /** The table; `null` = it is not there now. */
  banks: MatchBanks | null = null;
  private matcher: RouteMatcher | null = null;
  private fingerprint: number | null = null;
  private readonly compile: () => MatchBanks;
  private readonly enter: (bytes: number) => void;

  /** @param enter - Told of the size of each table that comes, before it is there. */
  constructor(compile: () => MatchBanks, enter: (bytes: number) => void) {
    this.compile = compile;
    this.enter = enter;
  }

  get stableIds(): number {
    return (this.matcher ?? this.adopt(this.compile())).stableIds;
  }

  match(bytes: Uint8Array, start: number, end: number): number {
    this.wasUsed = true;
    return (this.matcher ?? this.adopt(this.compile())).match(bytes, start, end);
  }

  matchDigits(bytes: Uint8Array, start: number, end: number): number {
    this.wasUsed = true;
    return (this.matcher ?? this.adopt(this.compile())).matchDigits(bytes, start, end);
  }

  matchSet(id: number): readonly number[] {
    return (this.matcher ?? this.adopt(this.compile())).matchSet(id);
  }

  primary(id: number): number {
    return (this.matcher ?? this.adopt(this.compile())).primary(id);
  }

  /** Goes on with this table. */
  adopt(banks: MatchBanks): RouteMatcher {
    if (this.matcher !== null) return this.matcher;
    const fingerprint = fingerprintOf(banks);
    // WHY: what is remembered by match set ids, outlines above all, outlives the table.
    const isSame = this.fingerprint === null || this.fingerprint === fingerprint;
    invariant(isSame, "a table that was compiled again came out different");
    this.enter(bytesOfBanks(banks));
    // WHY: what is asked once and never again must not push out what is asked all the time.
    this.wasUsed = false;
    this.fingerprint = fingerprint;
    this.banks = banks;
    this.matcher = createRouteMatcher(banks);
    return this.matcher;
  }

  /** Forgets the table and says how many bytes it took. */
  drop(): number {
    const bytes = this.banks === null ? 0 : bytesOfBanks(this.banks);
    this.banks = null;
    this.matcher = null;
    return bytes;
  }
}

function fingerprintOf({ matchSets }: MatchBanks): number {
  let hash = matchSets.length;
  for (const set of matchSets) {
    hash = Math.imul(hash ^ set.length, 0x9e3779b1);
    for (const entry of set) hash = Math.imul(hash ^ entry, 0x85ebca6b) ^ (hash >>> 15);
  }
  return hash;
}

const tables = new WeakMap<CompiledTenant, PolicyTables>();

/** What the first who asks for a tenant's tables may say of them. */
export interface TableOptions {
  /** For the tenant's engine; what it remembers need not be compiled again. */
  readonly compiler?: TableCompiler;
  readonly maxBytes?: number;
}

/** The tables of a compiled tenant in this thread: all routers over the same one share them. */
export function policyTablesOf(
  compiled: CompiledTenant,
  { compiler, maxBytes }: TableOptions = {},
): PolicyTables {
  const known = tables.get(compiled);
  if (known !== undefined) return known;
  const { patternLists, matcher } = compiled;
  const tableCompiler = compiler ?? new TableCompiler(new PatternCache(matcher).patternOf);
  const made = new PolicyTables(patternLists, tableCompiler, maxBytes);
  tables.set(compiled, made);
  return made;
}
